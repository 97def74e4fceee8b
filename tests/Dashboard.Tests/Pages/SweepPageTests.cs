using Bunit;
using Distributed.Dashboard.Components.Pages;
using Distributed.Dashboard.Tests.Samples;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task Of_a_long_front_the_models_around_the_knee_are_listed_until_all_are_asked_for()
    {
        List<SweepRecord> records = [.. SampleLog.Of(60).Select(entry => entry.Record)];
        List<TrialId> front = [.. records.OfType<SweepRecord.TrialClosed>().Where(closed => closed.Outcome is TrialOutcome.Completed).Select(closed => closed.Trial)];
        await _context.Open(SampleLog.Numbered([.. records, new SweepRecord.FrontChanged(front, 0.5)]));
        var page = Page();
        var few = Rows();
        Assert.Equal(20, few.Count);
        string knee = Assert.Single(page.FindAll("#models tbody tr.knee")).TextContent;
        Button(page, $"Show all {front.Count}").Click();
        var all = Rows();
        Assert.Equal(front.Count, all.Count);
        Assert.InRange(all.IndexOf(knee), 11, front.Count - 11);
        Assert.Equal(all.Slice(all.IndexOf(knee) - 10, 20), few);
        Button(page, "Show the 20 around the knee").Click();
        Assert.Equal(few, Rows());

        List<string> Rows() => [.. page.FindAll("#models tbody tr").Select(row => row.TextContent)];
    }

    [Fact]
    public async Task Of_a_short_front_every_model_is_listed()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        Assert.Equal(2, page.FindAll("#models tbody tr").Count);
        Assert.Empty(page.FindAll("#models header button"));
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
    public async Task Another_share_is_asked_for_where_it_differs()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        Assert.Contains("1 weight, priority 0", page.Find(".title + .card .facts, .card .facts").TextContent, StringComparison.Ordinal);
        Button(page, "Share").Click();
        Assert.Equal(["1", "0"], page.FindAll(".confirm.share input").Select(input => input.GetAttribute("value")));
        page.FindAll(".confirm.share input")[0].Input("2.5");
        page.Find(".confirm.share").Submit();
        Assert.Equal(["set sample 2.5 "], _context.Source.Calls);
        Assert.Empty(page.FindAll(".confirm.share"));
    }

    [Fact]
    public async Task A_share_that_a_sweep_has_already_is_not_asked_for()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        Button(page, "Share").Click();
        page.Find(".confirm.share").Submit();
        Assert.Empty(_context.Source.Calls);
        Assert.Empty(page.FindAll(".confirm.share"));
    }

    [Theory, InlineData(0, "0"), InlineData(0, "-1"), InlineData(0, "Infinity"), InlineData(0, "NaN"), InlineData(0, "two"), InlineData(0, "1,5"), InlineData(0, ""), InlineData(1, "1.5"), InlineData(1, ""), InlineData(1, "99999999999")]
    public async Task What_is_no_share_is_told_beside_the_field_and_cannot_be_set(int field, string text)
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        Button(page, "Share").Click();
        page.FindAll(".confirm.share input")[field].Input(text);
        Assert.Contains(field == 0 ? "The weight must be" : "The priority must be", page.Find(".confirm.share small").TextContent, StringComparison.Ordinal);
        Assert.Equal([field == 0, field == 1], page.FindAll(".confirm.share input").Select(input => input.HasAttribute("aria-invalid")));
        Assert.True(Button(page, "Set").HasAttribute("disabled"));
        page.Find(".confirm.share").Submit();
        Assert.Empty(_context.Source.Calls);
    }

    [Fact]
    public async Task A_share_that_the_silo_refuses_is_told_and_can_be_corrected()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page();
        Button(page, "Share").Click();
        page.FindAll(".confirm.share input")[1].Input("-3");
        _context.Source.Fails = new InvalidInputException("sweep 'sample'", "it has ended", "A sweep that has ended needs no share.");
        page.Find(".confirm.share").Submit();
        Assert.Contains("needs no share", page.Find(".notice.error").TextContent, StringComparison.Ordinal);
        Assert.Equal("-3", page.FindAll(".confirm.share input")[1].GetAttribute("value"));
    }

    [Fact]
    public async Task A_log_that_is_still_read_shows_how_far_and_no_picture_yet()
    {
        _context.Source.Record(SampleLog.Of(300));
        using var handle = _context.Services.GetRequiredService<SweepFeeds>().Open(SampleLog.Spec.Name);
        // What comes after the log is held back: nobody knows yet that this was all.
        var page = Page();
        Assert.True(SpinWait.SpinUntil(() => Advanced(TimeSpan.FromMilliseconds(1)) && handle.Feed.View.Trials.Count == 301, TimeSpan.FromSeconds(10)));
        await page.WaitForAssertionAsync(() => Assert.Contains("records so far", page.Find(".notice").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.Empty(page.FindAll("plot-figure, #trials"));
        Assert.Contains("299 of 40 trials", page.Find(".budget").TextContent, StringComparison.Ordinal);
        _context.Source.Send(new SweepEvent.Idle(0));
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("plot-figure")), TimeSpan.FromSeconds(10));
        Assert.Empty(page.FindAll(".notice"));
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
        var page = Page();
        Assert.Empty(page.FindAll(".actions button"));
        Assert.DoesNotContain("priority", page.Find(".facts").TextContent, StringComparison.Ordinal);
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

    private bool Advanced(TimeSpan time)
    {
        _context.Time.Advance(time);
        return true;
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<SweepPage> page, string label) => page.FindAll("button").First(button => button.TextContent == label);

    private IRenderedComponent<SweepPage> Page(string name = "sample") => _context.Render<SweepPage>(parameters => parameters.Add(page => page.Name, name));
}
