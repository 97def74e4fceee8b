using Bunit;
using Distributed.Dashboard.Components.Pages;
using Distributed.Dashboard.Tests.Samples;
using Microsoft.Extensions.DependencyInjection;

namespace Distributed.Dashboard.Tests.Pages;

public sealed class TrialPageTests : IAsyncDisposable
{
    private const string Hostile = "<img src=x onerror=alert(1)>\u0007</td>";
    private readonly PageContext _context = new();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void A_sweep_that_is_being_read_says_so() => Assert.Contains("Reading the sweep's log", Page(1).Markup, StringComparison.Ordinal);

    [Fact]
    public async Task A_completed_trial_shows_its_values_beside_the_dense_models()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page(1);
        Assert.Equal("completed", page.Find(".title .badge").TextContent);
        var accuracy = page.FindAll("#values tbody tr")[0].Children.Select(cell => cell.TextContent.Trim()).ToList();
        Assert.Equal([Quantity.Percent(SampleLog.Measured(SampleLog.CandidateOf(1)).Accuracy), "95.00 %"], accuracy[1..3]);
        Assert.Equal("64 / 64", page.FindAll("#widths .count")[0].TextContent);
        Assert.Equal("files/sample/1/model.onnx", page.Find(".title .button.primary").GetAttribute("href"));
        Assert.StartsWith("figures/sample/learning?v=", page.Find("#learning plot-figure").GetAttribute("src"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Branches_that_are_left_out_are_named_and_their_families_and_layers_gone()
    {
        await _context.Open([.. SampleLog.Of(1).Select(entry => entry with { Record = WithBranches(entry.Record) })]);
        var page = Page(1);
        Assert.Equal("1 of 2 residual branches are left out: add-b.", page.Find("#widths .left-out").TextContent);
        Assert.Equal(["64 / 64", "0 / 64"], page.FindAll("#widths .count").Select(count => count.TextContent));
        Assert.Equal(["3 → 64", "left out"], page.FindAll("#widths tbody tr").Select(row => row.Children[2].TextContent));
        Assert.Equal("50 % go", page.FindAll("#candidate tr").Single(row => row.Children[0].TextContent.Contains("depth-ratio", StringComparison.Ordinal)).Children[1].TextContent);
        Assert.StartsWith("64/0 of 64/64 · 1 of 2 branches left out · taylor", CandidateText.Of(new() { Id = new(1), Candidate = Shallow, Reason = "" }, Branched), StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_that_says_nothing_by_itself_is_told_with_its_parameter()
    {
        Candidate candidate = new([
            new("criterion", "taylor"), new("quantization-aware", "off"), new("reconstruction", "none"), new("teacher", "progressive"), new("calibration", "entropy")]);
        Assert.Equal(
            "calibration entropy · taylor · quantization-aware off · reconstruction none · teacher progressive",
            CandidateText.Of(new() { Id = new(1), Candidate = candidate, Reason = "" }, null));
    }

    private static Candidate Shallow { get; } = SampleLog.CandidateOf(1).With(ParameterNames.DepthRatio, 0.5).With(ParameterNames.Ratio, 0);

    private static ModelProfile Branched { get; } = SampleLog.Profile with { Branches = [new("add-b", 0.1, ["b"]), new("add-a", 0.2, ["a"])] };

    private static SweepRecord WithBranches(SweepRecord record) => record switch
    {
        SweepRecord.Suggested { Candidate: not null } suggested => suggested with { Candidate = Shallow },
        SweepRecord.TrialClosed { Outcome: TrialOutcome.Prepared dense } closed => closed with { Outcome = dense with { Profile = Branched } },
        _ => record,
    };

    [Fact]
    public async Task Every_file_stands_with_its_hash()
    {
        await _context.Open(SampleLog.Of(8));
        var files = Page(1).FindAll("#files li");
        Assert.Equal(["files/sample/1/model.onnx", "files/sample/1/plan.json", "files/sample/1/lineage.json"], files.Select(file => file.QuerySelector("a")!.GetAttribute("href")));
        Assert.All(files, file => Assert.Equal(new string('a', 64), file.QuerySelector("code")!.TextContent));
    }

    [Fact]
    public async Task The_dense_model_is_nothing_but_itself()
    {
        await _context.Open(SampleLog.Of(3));
        var page = Page(0);
        Assert.Contains("dense model", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("nothing is pruned", page.Find("#candidate").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#report"));
    }

    [Fact]
    public async Task A_failed_trial_tells_why()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page(7);
        Assert.Equal("the loss became NaN at step 12", page.Find(".notice.error").TextContent.Trim());
        Assert.Equal("not-finite", page.Find("#attempts .badge").TextContent);
        Assert.NotEmpty(page.FindAll(".waterfall .attempt .bar.failed"));
    }

    [Fact]
    public async Task A_trial_in_its_second_attempt_shows_both()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page(8);
        Assert.Equal(["lease expired", "runs"], page.FindAll("#attempts .reason").Select(cell => cell.TextContent.Trim()));
        Assert.Single(page.FindAll(".waterfall .attempt .bar.lost"));
        Assert.Single(page.FindAll(".waterfall .attempt .bar.open"));
    }

    [Fact]
    public async Task A_running_trial_says_what_it_does_now()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page(8);
        _context.Source.Send(new SweepEvent.Progressed(new(8), "host/1", new() { Phase = TrialPhase.FineTuning, Epoch = 1.2, Epochs = 3, Loss = 0.7, ImagesPerSecond = 812 }));
        await _context.Shows(
            page,
            () => Assert.Contains("fine-tuning on host/1 · epoch 1.2 of 3 · loss 0.700 · 812 images/s", page.Find(".now").TextContent, StringComparison.Ordinal),
            TimeSpan.FromSeconds(1));
    }

    [Theory, InlineData("nowhere", 1), InlineData("<b>x</b>", 1)]
    public async Task An_unknown_sweep_gets_a_page(string name, int number)
    {
        await _context.Open(SampleLog.Of(1));
        var page = Page(number, name);
        await page.WaitForAssertionAsync(() => Assert.Equal($"There is no sweep '{name}'", page.Find("h1").TextContent), TimeSpan.FromSeconds(10));
        Assert.Empty(page.FindAll("b"));
    }

    [Fact]
    public async Task An_unknown_trial_gets_a_page_that_tells_which_there_are()
    {
        await _context.Open(SampleLog.Of(3));
        var page = Page(99);
        Assert.Equal("'sample' has no trial 99", page.Find("h1").TextContent);
        Assert.Contains("It has 4, numbered from 0", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_log_says_is_shown_as_text()
    {
        await _context.Open(SampleLog.Of(0).Concat(SampleLog.Numbered(
            [
                new SweepRecord.Suggested(new(1), new([KeyValuePair.Create<string, ParameterValue>(Hostile, Hostile)]), Hostile), new SweepRecord.Leased(new(1), 1, Hostile, "00-<script>"),
                new SweepRecord.TrialClosed(new(1), 1, new TrialOutcome.Failed(FailureKind.Unexpected, Hostile)),
            ],
            SampleLog.Of(0).Count)));
        var page = Page(1);
        Assert.Empty(page.FindAll("img, script"));
        Assert.Contains(Hostile, page.Find("#log").TextContent, StringComparison.Ordinal);
        Assert.Contains(Hostile, page.Find("#attempts .reason").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_can_be_filtered()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page(1);
        Assert.Equal(7, page.FindAll("#log li").Count);
        page.Find("#log input").Input("RUNG");
        Assert.Equal("rung 0 after 0 epochs: 40.00 %, goes on", Assert.Single(page.FindAll("#log .text")).TextContent);
        page.Find("#log input").Input("<none>");
        Assert.Contains("No record matches.", page.Find("#log").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_log_is_shown_from_its_end()
    {
        long from = SampleLog.Of(1).Count;
        await _context.Open(SampleLog.Of(1).Concat(SampleLog.Numbered(Enumerable.Range(0, 5000).Select(i => new SweepRecord.PhaseStarted(new(1), 1, TrialPhase.FineTuning)), from)));
        var page = Page(1);
        Assert.Equal(200, page.FindAll("#log li").Count);
        page.Find("#log > button").Click();
        Assert.Equal(5007, page.FindAll("#log li").Count);
    }

    [Fact]
    public async Task A_silo_that_is_gone_leaves_what_was_known_and_says_so()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page(1);
        _context.Source.End(new SourceUnavailableException("The silo at 127.0.0.1:1 does not answer."));
        await page.WaitForAssertionAsync(() => Assert.Contains("last known", page.Find(".notice.warning").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.NotEmpty(page.FindAll("#values"));
    }

    [Fact]
    public async Task A_trial_that_nobody_has_begun_says_so_in_every_part()
    {
        await _context.Open(SampleLog.Of(0).Take(1).Concat(SampleLog.Numbered([new SweepRecord.Suggested(new(0), null, "the dense model")], 1)));
        var page = Page(0);
        Assert.Contains("No attempt has begun.", page.Find("#timeline").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("#log li"));
        Assert.Empty(page.FindAll("a[download], .notice"));
    }

    [Fact]
    public async Task A_silo_that_comes_back_is_live_again()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page(1);
        _context.Source.End(new SourceUnavailableException("The silo at 127.0.0.1:1 does not answer."));
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".notice.warning")), TimeSpan.FromSeconds(10));
        _context.Source.Send(new SweepEvent.Idle(_context.Feed.View.Next));
        await _context.ComesBack(page, ".notice.warning");
    }

    [Fact]
    public async Task The_trace_can_be_looked_up()
    {
        var trace = new System.Diagnostics.ActivityContext(System.Diagnostics.ActivityTraceId.CreateRandom(), System.Diagnostics.ActivitySpanId.CreateRandom(), System.Diagnostics.ActivityTraceFlags.Recorded);
        await _context.Open(SampleLog.Of(0).Concat(SampleLog.Numbered(
            [new SweepRecord.Suggested(new(1), SampleLog.CandidateOf(1), "centre"), new SweepRecord.Leased(new(1), 1, "host/0", TraceParent.Write(trace))], SampleLog.Of(0).Count)));
        Assert.Equal(trace.TraceId.ToHexString(), Page(1).Find("#timeline code").TextContent);
    }

    [Fact]
    public async Task A_report_is_made_when_somebody_asks()
    {
        TaskCompletionSource<ModelReport> made = new();
        _context.Source.Reports = (_, tell, _) =>
        {
            tell("timing layers");
            return made.Task;
        };
        await _context.Open(SampleLog.Of(8));
        var page = Page(1);
        page.Find("#report button").Click();
        await page.WaitForAssertionAsync(() => Assert.Contains("timing layers", page.Find("#report").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        made.SetResult(SampleReport.Of(1));
        await page.WaitForAssertionAsync(() => Assert.Equal("0.912", page.FindAll("#report td.number")[1].TextContent), TimeSpan.FromSeconds(10));
        Assert.Equal(_context.Services.GetRequiredService<ReportDesk>().Find(SampleLog.Spec.Name, new(1))!.Sha256, page.Find("#report code").TextContent);
    }

    [Fact]
    public async Task A_report_that_cannot_be_made_says_why()
    {
        await _context.Open(SampleLog.Of(8));
        var page = Page(1);
        page.Find("#report button").Click();
        await page.WaitForAssertionAsync(() => Assert.Equal("There is no report.", page.Find("#report .notice.error").TextContent), TimeSpan.FromSeconds(10));
    }

    private IRenderedComponent<TrialPage> Page(int number, string name = "sample") =>
        _context.Render<TrialPage>(parameters => parameters.Add(page => page.Name, name).Add(page => page.Number, number));
}
