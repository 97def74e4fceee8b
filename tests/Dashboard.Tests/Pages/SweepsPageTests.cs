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
    public async Task A_sweep_that_goes_on_shows_its_share_and_one_that_has_ended_none()
    {
        await _context.Open([.. SampleLog.Of(3), new(1000, SampleLog.Start, new SweepRecord.ShareChanged(2.5, -1))]);
        _context.Source.Summaries.Add(new() { Name = SampleLog.Spec.Name, Status = SweepStatus.Running, Launched = SampleLog.Start });
        _context.Source.Summaries.Add(new() { Name = new("unread"), Status = SweepStatus.Paused, Weight = 4, Priority = 2 });
        _context.Source.Summaries.Add(new() { Name = new("ended"), Status = SweepStatus.Finished, Weight = 4, Priority = 2 });
        var page = _context.Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.Equal(
            ["Shareweight 2.5, priority -1", "Shareweight 4, priority 2", "Share–"],
            page.FindAll(".sweep .facts .share").Select(fact => fact.TextContent.Trim())));
    }

    [Fact]
    public void A_silo_that_is_gone_is_told_once_where_its_files_answer_at_once()
    {
        _context.Source.Summaries.Add(new() { Name = SampleLog.Spec.Name, Status = SweepStatus.Running });
        var page = _context.Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".sweep")));
        _context.Source.IsLive = false;
        _context.Time.Advance(TimeSpan.FromSeconds(3));
        page.WaitForAssertion(() => Assert.Contains("last known", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll(".sweep"));
        _context.Time.Advance(TimeSpan.FromSeconds(3));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".notice")));
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

    [Fact]
    public void Until_the_first_answer_it_says_that_it_looks()
    {
        _context.Source.Holds = new TaskCompletionSource().Task;
        var page = _context.Render<SweepsPage>();
        Assert.Contains("Looking for sweeps", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".notice, .empty, .sweep"));
    }

    [Fact]
    public async Task A_source_that_never_answered_is_told_and_is_asked_again()
    {
        _context.Source.Fails = new InvalidOperationException("refused <b>in a way</b> that nobody foresaw");
        var page = _context.Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.Contains("refused <b>in a way</b>", page.Find(".notice.warning").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("last known", page.Markup, StringComparison.Ordinal);
        _context.Source.Fails = null;
        await _context.ComesBack(page);
        Assert.Contains("No sweep yet", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_thousand_sweeps_all_are_listed_and_the_newest_are_followed()
    {
        _context.Source.Summaries.AddRange(Enumerable.Range(0, 1000).Select(i => new SweepSummary { Name = new(Invariant($"sweep{i:0000}")), Status = SweepStatus.Finished, Launched = SampleLog.Start.AddMinutes(i) }));
        var page = _context.Render<SweepsPage>();
        page.WaitForAssertion(() => Assert.Equal(1000, page.FindAll(".sweep").Count), TimeSpan.FromSeconds(10));
        Assert.Contains("sweep0999", page.Find(".sweep").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(24, _context.Source.Watches.Count), TimeSpan.FromSeconds(10));
    }
}
