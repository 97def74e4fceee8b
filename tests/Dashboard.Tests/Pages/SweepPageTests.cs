using Bunit;
using Distributed.Dashboard.Components.Pages;
using Distributed.Dashboard.Tests.Samples;

namespace Distributed.Dashboard.Tests.Pages;

public sealed class SweepPageTests : IAsyncDisposable
{
    private readonly PageContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void A_sweep_that_is_being_read_says_so()
    {
        var page = Page();
        Assert.Contains("Reading the sweep's log", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_sweep_shows_its_charts()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        Assert.Equal("running", page.Find(".title .badge").TextContent);
        Assert.StartsWith("figures/sample/front?v=", page.Find("#chart-front plot-figure").GetAttribute("src"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".notice"));
    }

    [Fact]
    public async Task A_silo_that_is_gone_leaves_what_was_known_and_says_so()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        _context.Source.End(new SourceUnavailableException("The silo at 127.0.0.1:1 does not answer."));
        await page.WaitForAssertionAsync(() => Assert.Contains("The silo does not answer.", page.Find(".notice.warning").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.NotEmpty(page.FindAll("plot-figure"));
    }

    [Fact]
    public async Task A_silo_that_comes_back_is_live_again_from_where_it_was()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        _context.Source.End(new SourceUnavailableException("The silo at 127.0.0.1:1 does not answer."));
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".notice.warning")), TimeSpan.FromSeconds(10));
        long next = _context.Feed.View.Next;
        _context.Source.Send(new SweepEvent.Idle(next));
        await _context.ComesBack(page);
        Assert.Equal([0, next], _context.Source.Watches.Distinct());
    }

    [Fact]
    public async Task A_sweep_without_a_trial_shows_empty_charts_and_lists()
    {
        await _context.Open(SampleLog.Of(0).Take(1));
        var page = Page();
        Assert.Equal("running", page.Find(".title .badge").TextContent);
        Assert.Empty(page.FindAll(".notice, #trials tbody tr"));
        Assert.NotEmpty(page.FindAll("#chart-front"));
    }

    [Fact]
    public async Task Pausing_asks_first()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        Button(page, "Pause").Click();
        Assert.Empty(_context.Source.Calls);
        Assert.Contains("write a checkpoint", page.Find(".confirm").TextContent, StringComparison.Ordinal);
        Button(page, "Pause").Click();
        Assert.Equal(["pause sample"], _context.Source.Calls);
    }

    [Fact]
    public async Task Cancelling_can_be_thought_over()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        Button(page, "Cancel").Click();
        Button(page, "No").Click();
        Assert.Empty(_context.Source.Calls);
        Assert.Empty(page.FindAll(".confirm"));
    }

    [Fact]
    public async Task What_the_silo_refuses_is_told()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        _context.Source.Fails = new SourceUnavailableException("No silo runs there.");
        Button(page, "Pause").Click();
        Button(page, "Pause").Click();
        Assert.Contains("No silo runs there.", page.Find(".notice.error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_sweep_cannot_be_steered()
    {
        _context.Source.IsLive = false;
        await _context.Open(SampleLog.Of(8, finished: true));
        Assert.Empty(Page().FindAll(".actions button"));
    }

    [Fact]
    public async Task Ten_thousand_trials_put_a_few_rows_into_the_page()
    {
        _context.Source.IsLive = false;
        await _context.Open(SampleLog.Of(10_000));
        var page = Page();
        Assert.Contains("all (10001)", page.Find("#trials select").TextContent, StringComparison.Ordinal);
        Assert.True(page.Markup.Length < 200_000, Invariant($"{page.Markup.Length} characters"));
    }

    [Fact]
    public async Task An_analysis_is_computed_when_asked_for()
    {
        await _context.Open(SampleLog.Of(8));
        _context.Source.Analysis = new()
        {
            Hypervolume = [],
            Importance = [new("ratio", 0.75, [0.6, 0.9])],
            Calibration = [new(Metric.Accuracy, 6, 0.91, 0.0123, 0.67, 1, 0.95)],
        };
        var page = Page();
        page.Find("#analysis button").Click();
        string text = page.Find("#analysis").TextContent;
        Assert.Contains("75 %", text, StringComparison.Ordinal);
        Assert.Contains("sound", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_reasons_are_shown_as_text()
    {
        const string Evil = "<script>alert(1)</script>";
        var log = SampleLog.Of(8).Select(entry => entry with { Record = entry.Record is SweepRecord.TrialClosed { Outcome: TrialOutcome.Failed failed } closed ? closed with { Outcome = failed with { Reason = Evil } } : entry.Record });
        await _context.Open([.. log, new(1000, SampleLog.Start, new SweepRecord.StatusChanged(SweepStatus.Paused, Evil))]);
        var page = Page();
        Assert.Equal(Evil, page.Find(".reason").TextContent);
        Assert.Empty(page.FindAll("script"));
    }

    [Theory, InlineData("nowhere"), InlineData("<script>alert(1)</script>"), InlineData("UPPER"), InlineData("../../etc/passwd")]
    public async Task An_unknown_or_hostile_name_gets_a_page_that_shows_it_as_text(string name)
    {
        await _context.Open(SampleLog.Of(1));
        var page = Page(name);
        await page.WaitForAssertionAsync(() => Assert.Equal($"There is no sweep '{name}'", page.Find("h1").TextContent), TimeSpan.FromSeconds(10));
        Assert.Empty(page.FindAll("script"));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<SweepPage> page, string label) => page.FindAll("button").First(button => button.TextContent == label);

    private IRenderedComponent<SweepPage> Page(string name = "sample") => _context.Render<SweepPage>(parameters => parameters.Add(page => page.Name, name));
}
