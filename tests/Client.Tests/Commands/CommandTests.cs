using Distributed.Client.Tests.Samples;

namespace Distributed.Client.Tests.Commands;

public sealed class CommandTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task Run_ends_with_the_json_object_that_others_read()
    {
        Assert.Equal(0, await _line.Run("run", _line.File(), "--json"));
        Expected.Matches(_line.Lines, Path.Combine(Expected.Folder(), "run.json"));
        Assert.Equal("", _line.Output);
    }

    [Fact]
    public async Task Run_writes_the_fronts_models_with_their_plans_and_lineages()
    {
        await _line.Run("run", _line.File());
        foreach (string file in (string[])["model.onnx", "plan.json", "lineage.json"])
            Assert.True(File.Exists(Path.Combine(_line.Folder, "sample-front", "trial-4", file)));
        Assert.False(Directory.Exists(Path.Combine(_line.Folder, "sample-front", "trial-3")));
    }

    [Fact]
    public async Task Run_shows_plot_and_table()
    {
        await _line.Run("run", _line.File());
        Expected.Matches(_line.Output, Path.Combine(Expected.Folder(), "run.txt"));
    }

    [Fact]
    public async Task A_finished_sweep_is_reported_again_without_a_silo()
    {
        _line.Sessions.Stored = SampleSweep.Log();
        Assert.Equal(0, await _line.Run("run", _line.File(), "--json"));
        Assert.Empty(_line.Sessions.Calls);
        Assert.StartsWith("{\"sweep\":\"sample\"", _line.Lines);
    }

    [Fact]
    public async Task Another_spec_under_the_same_name_is_told_and_changes_nothing()
    {
        _line.Sessions.Stored = SampleSweep.Log();
        Assert.Equal(2, await _line.Run("run", _line.File("seed: 7")));
        Assert.Contains("seed is 7, there 1", _line.Messages);
        Assert.Contains("--fresh", _line.Messages);
        Assert.Empty(_line.Sessions.Calls);
    }

    [Fact]
    public async Task Fresh_removes_that_sweep_only_after_the_check()
    {
        _line.Sessions.Stored = SampleSweep.Log();
        Assert.Equal(0, await _line.Run("run", _line.File(), "--fresh"));
        Assert.Equal(["remove sample", "start", "launch"], _line.Sessions.Calls);
        _line.Sessions.Calls.Clear();
        _line.Sessions.CheckFails = new InvalidInputException("model", "it does not fit", "Give another.");
        Assert.Equal(2, await _line.Run("run", _line.File(), "--fresh"));
        Assert.Empty(_line.Sessions.Calls);
    }

    [Fact]
    public async Task An_unfinished_sweep_is_resumed()
    {
        _line.Sessions.Stored = SampleSweep.Log(finished: false);
        Assert.Equal(0, await _line.Run("run", _line.File()));
        Assert.Contains("Resuming 'sample': 6 trials are closed.", _line.Messages);
        Assert.Equal(["start", "launch"], _line.Sessions.Calls);
    }

    [Fact]
    public async Task The_first_interruption_pauses_and_tells_how_to_go_on()
    {
        _line.Sessions.WhileWatching = _line.Interrupt;
        Assert.Equal(130, await _line.Run("run", _line.File()));
        Assert.Equal(["start", "launch", "pause"], _line.Sessions.Calls);
        Assert.Contains("Paused; the same command resumes.", _line.Messages);
    }

    [Fact]
    public async Task A_sweep_that_goes_on_is_given_another_share()
    {
        _line.Sessions.Running = true;
        _line.Sessions.Stored = SampleSweep.Log(finished: false);
        Assert.Equal(0, await _line.Run("sweep", "set", "sample", "--weight", "2.5", "--priority", "-1"));
        Assert.Equal(0, await _line.Run("sweep", "set", "sample", "--priority", "3"));
        Assert.Equal(["set 2.5 -1", "set  3"], _line.Sessions.Calls);
        Assert.Contains("'sample' has weight 1 and priority 0.", _line.Messages);
    }

    [Fact]
    public async Task A_second_run_on_a_store_in_use_is_refused()
    {
        _line.Sessions.Running = true;
        Assert.Equal(2, await _line.Run("run", _line.File()));
        Assert.Contains("a silo runs on this store already", _line.Messages);
    }

    [Fact]
    public async Task A_sweep_whose_baseline_met_bad_input_ends_with_2_and_any_other_failure_with_1()
    {
        foreach (var (kind, code) in new[] { (FailureKind.InvalidInput, 2), (FailureKind.OutOfMemory, 1) })
        {
            SweepRecord[] records =
            [
                new SweepRecord.Launched(SampleSweep.Spec), new SweepRecord.Suggested(TrialId.Dense, null, "dense baseline"),
                new SweepRecord.TrialClosed(TrialId.Dense, 1, new TrialOutcome.Failed(kind, "unusable")), new SweepRecord.StatusChanged(SweepStatus.Failed, "the baseline failed"),
            ];
            _line.Sessions.Script = [.. records.Select((record, i) => new LogEntry(i, SampleSweep.Start, record))];
            Assert.Equal(code, await _line.Run("run", _line.File()));
            Assert.Contains("the baseline failed", _line.Messages);
        }
    }

    [Fact]
    public async Task When_nothing_meets_the_constraints_the_nearest_is_offered()
    {
        _line.Sessions.Script = SampleSweep.Log(front: []);
        Assert.Equal(0, await _line.Run("run", _line.File(), "--json"));
        Assert.Contains("\"front\":[]", _line.Lines);
        Assert.Contains("No model meets every constraint. The nearest is trial 0", _line.Messages);
    }

    [Fact]
    public async Task A_reference_point_that_no_model_reaches_is_told()
    {
        const string Told = "The hypervolume is 0: no model is better than the reference point in every objective (half the dense model's accuracy, 1.1 times its costs); give an easier 'reference'";
        _line.Sessions.Script = SampleSweep.Log(hypervolume: 0);
        Assert.Equal(0, await _line.Run("run", _line.File()));
        Assert.Contains(Told, _line.Messages);
    }

    [Fact]
    public async Task A_reference_point_that_a_model_reaches_is_not_spoken_of()
    {
        _line.Sessions.Script = SampleSweep.Log();
        Assert.Equal(0, await _line.Run("run", _line.File()));
        Assert.DoesNotContain("reference point", _line.Messages);
    }

    [Theory]
    [InlineData(2, "runn")]
    [InlineData(2, "run")]
    [InlineData(2, "run", "no-such.yaml")]
    [InlineData(2, "sweep", "list")]
    [InlineData(2, "sweep", "set", "sample")]
    [InlineData(2, "sweep", "set", "sample", "--weight", "much")]
    [InlineData(2, "front", "Not A Name")]
    [InlineData(2, "model", "pull", "sample")]
    [InlineData(2, "model", "pull", "sample", "--knee", "--all")]
    [InlineData(2, "sweep", "analyze")]
    [InlineData(2, "model", "inspect", "no-such.onnx")]
    [InlineData(0, "--help")]
    public async Task Usage_and_input_errors_end_with_2(int code, params string[] arguments)
    {
        Assert.Equal(code, await _line.Run(arguments));
        Assert.DoesNotContain("   at ", _line.Messages);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("cancel")]
    public async Task Steering_without_a_silo_ends_with_3(string verb)
    {
        _line.Sessions.Stored = SampleSweep.Log(finished: false);
        Assert.Equal(3, await _line.Run("sweep", verb, "sample"));
        Assert.Contains("No silo runs", _line.Messages);
    }

    [Fact]
    public async Task Resuming_without_a_silo_goes_on_as_run_does()
    {
        _line.Sessions.Stored = SampleSweep.Log(finished: false);
        Assert.Equal(0, await _line.Run("sweep", "resume", "sample", "--json"));
        Assert.Equal(["start", "launch"], _line.Sessions.Calls);
    }

    [Fact]
    public async Task An_unknown_sweep_is_told_with_the_nearest_name()
    {
        _line.Sessions.Stored = SampleSweep.Log();
        Assert.Equal(2, await _line.Run("front", "sampel"));
        Assert.Contains("Did you mean 'sample'?", _line.Messages);
    }

    [Theory]
    [InlineData("front.txt", "front", "sample")]
    [InlineData("front.csv", "front", "sample", "--csv")]
    [InlineData("front.jsonl", "front", "sample", "--json")]
    [InlineData("sweep-show.jsonl", "sweep", "show", "sample", "--json")]
    [InlineData("sweep-list.jsonl", "sweep", "list", "--json")]
    [InlineData("sweep-analyze.jsonl", "sweep", "analyze", "sample", "--json")]
    [InlineData("sweep-analyze.txt", "sweep", "analyze", "sample")]
    [InlineData("sweep-attainment.txt", "sweep", "analyze", "sample", "sample", "--attainment")]
    [InlineData("sweep-attainment.jsonl", "sweep", "analyze", "sample", "sample", "--attainment", "--json")]
    [InlineData("model-pull.jsonl", "model", "pull", "sample", "--knee", "--json")]
    [InlineData("trial-show.jsonl", "trial", "show", "sample", "5", "--json")]
    [InlineData("sweep-show.txt", "sweep", "show", "sample")]
    [InlineData("sweep-list.txt", "sweep", "list")]
    [InlineData("trial-show.txt", "trial", "show", "sample", "2")]
    [InlineData("model-pull.txt", "model", "pull", "sample", "--all")]
    [InlineData("model-report.txt", "model", "report", "sample", "--trial", "2")]
    [InlineData("model-report.jsonl", "model", "report", "sample", "--trial", "2", "--json")]
    public async Task What_commands_write_is_pinned(string file, params string[] arguments)
    {
        _line.Sessions.Stored = SampleSweep.Log();
        Assert.Equal(0, await _line.Run(arguments));
        Expected.Matches(_line.Output + _line.Lines, Path.Combine(Expected.Folder(), file));
    }

    [Theory]
    [InlineData("model-measure.txt", "model", "measure", "model.onnx", "--against", "dense.onnx")]
    [InlineData("model-measure-unsettled.txt", "model", "measure", "model.onnx", "--threads", "2")]
    [InlineData("model-measure.jsonl", "model", "measure", "model.onnx", "--json")]
    [InlineData("model-evaluate.txt", "model", "evaluate", "model.onnx", "--format", "shapes")]
    [InlineData("model-evaluate.jsonl", "model", "evaluate", "model.onnx", "--format", "shapes", "--json")]
    public async Task What_is_told_of_single_files_is_pinned(string file, params string[] arguments)
    {
        foreach (string name in (string[])["model.onnx", "dense.onnx"]) await File.WriteAllTextAsync(Path.Combine(_line.Folder, name), "", TestContext.Current.CancellationToken);
        Assert.Equal(0, await _line.Run(arguments));
        Expected.Matches(_line.Output + _line.Lines, Path.Combine(Expected.Folder(), file));
    }

    [Fact]
    public async Task A_report_is_a_page_that_needs_nothing_and_takes_no_name_for_markup()
    {
        _line.Sessions.Stored = SampleSweep.Log();
        Assert.Equal(0, await _line.Run("model", "report", "sample", "--trial", "2", "-o", "out"));
        string page = await File.ReadAllTextAsync(Path.Combine(_line.Folder, "out", "report.html"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("conv&lt;script&gt;1", page, StringComparison.Ordinal);
        Assert.Contains("cat &amp; dog", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)\\s*=\\s*\"(?!#)", page);
        Assert.Equal(2, page.Split("<svg").Length - 1);
        var report = SweepJson.Read<ModelReport>(await File.ReadAllTextAsync(Path.Combine(_line.Folder, "out", "report.json"), TestContext.Current.CancellationToken));
        Assert.Equal("out/model.onnx", report.Model);
        Assert.Equal(SampleSweep.Measured(0.93, 0.45), report.Measurement);
        Assert.Equal("sample", report.Lineage!.Value.GetProperty("sweep").GetString());
        Assert.Contains("trial 2: layers", _line.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_without_a_measured_baseline_is_not_analysed()
    {
        _line.Sessions.Stored = [.. SampleSweep.Log().Take(2)];
        Assert.Equal(2, await _line.Run("sweep", "analyze", "sample"));
        Assert.Contains("its dense baseline is not measured yet", _line.Messages);
    }

    [Fact]
    public async Task One_sweep_alone_has_no_surface()
    {
        _line.Sessions.Stored = SampleSweep.Log();
        Assert.Equal(2, await _line.Run("sweep", "analyze", "sample", "--attainment"));
        Assert.Contains("Name the sweeps of all seeds.", _line.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_front_can_be_drawn()
    {
        _line.Sessions.Stored = SampleSweep.Log();
        Assert.Equal(0, await _line.Run("front", "sample", "--png", "front.png"));
        byte[] png = await File.ReadAllBytesAsync(Path.Combine(_line.Folder, "front.png"), TestContext.Current.CancellationToken);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal("", _line.Output);
    }

    [Fact]
    public async Task The_front_can_be_drawn_as_lines_that_scale()
    {
        _line.Sessions.Stored = SampleSweep.Log();
        Assert.Equal(0, await _line.Run("front", "sample", "--svg", "pictures/front.svg"));
        var svg = System.Xml.Linq.XDocument.Load(Path.Combine(_line.Folder, "pictures", "front.svg"));
        Assert.Equal("svg", svg.Root!.Name.LocalName);
        Assert.Contains(svg.Descendants(), node => node.Name.LocalName == "text" && node.Value.Contains("sample", StringComparison.Ordinal));
        Assert.Contains("Drew pictures/front.svg.", _line.Messages, StringComparison.Ordinal);
        var fonts = svg.Descendants().Where(node => node.Name.LocalName == "text").Select(node => node.Attribute("font-family")!.Value).Distinct();
        // Whoever lacks the font sees one without serifs; numbers at points and on axes are in the same one.
        Assert.EndsWith(", sans-serif", Assert.Single(fonts), StringComparison.Ordinal);
    }
}
