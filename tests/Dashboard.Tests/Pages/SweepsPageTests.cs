using Bunit;
using Distributed.Dashboard.Components.Pages;
using Distributed.Dashboard.Tests.Samples;

namespace Distributed.Dashboard.Tests.Pages;

public sealed class SweepsPageTests : IAsyncDisposable
{
    private readonly PageContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void A_store_without_sweeps_says_how_to_begin()
    {
        var page = _context.Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.Contains("client/examples/shapes.yaml", page.Find(".empty").TextContent, StringComparison.Ordinal));
        Assert.NotNull(page.Find("a[href=launch]"));
    }

    [Fact]
    public async Task A_sweep_shows_its_state_progress_best_and_knee()
    {
        await _context.Open(SampleLog.Of(20));
        _context.Source.Summaries.Add(new() { Name = SampleLog.Spec.Name, Status = SweepStatus.Running, Launched = SampleLog.Start });
        var page = _context.Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".sweep")));
        string text = page.Find(".sweep").TextContent;
        Assert.Equal("running", page.Find(".sweep .badge").TextContent);
        Assert.Contains("19 of 40 trials", text, StringComparison.Ordinal);
        Assert.Contains("5:00 of 10:00", text, StringComparison.Ordinal);
        Assert.Contains("94.99 %", text, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".sweep svg circle.on"));
    }

    [Fact]
    public void A_source_that_does_not_answer_is_told_and_the_last_known_list_stays()
    {
        _context.Source.Summaries.Add(new() { Name = SampleLog.Spec.Name, Status = SweepStatus.Running });
        var page = _context.Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".sweep")));
        _context.Source.Fails = new SourceUnavailableException("The silo does not answer.");
        _context.Time.Advance(TimeSpan.FromSeconds(3));
        page.WaitForAssertion(() => Assert.Contains("last known", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll(".sweep"));
    }
}
