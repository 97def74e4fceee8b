namespace Distributed.Search.Tests;

public sealed class SweepAnalyzerTests
{
    private static readonly ModelProfile Profile = new() { Families = [], Operators = [], Surfaces = [], DenseMs = 10 };

    [Fact]
    public void A_sweep_whose_accuracy_hangs_on_the_ratio_is_seen_to_hang_on_the_ratio()
    {
        var analysis = SweepAnalyzer.Of(Request(60));

        Assert.Equal(["criterion", "learning-rate", "ratio", "steps"], analysis.Importance.Select(one => one.Parameter).Order());
        Assert.Equal(1, analysis.Importance.Sum(one => one.Front), 1e-9);
        Assert.Equal("ratio", analysis.Importance.MaxBy(one => one.Objectives[1])!.Parameter);
        var accuracy = Assert.Single(analysis.Calibration, model => model.Metric == Metric.Accuracy);
        Assert.Equal(60, accuracy.Trials);
        Assert.True(accuracy.Explained > 0.8, $"{accuracy}");
        Assert.InRange(accuracy.Within95, 0.8, 1);
    }

    [Fact]
    public void The_history_ends_at_the_fronts_hypervolume_and_never_falls()
    {
        var request = Request(25);
        var analysis = SweepAnalyzer.Of(request);

        Assert.Equal(request.Trials.Select(trial => trial.Id), analysis.Hypervolume.Select(step => step.Trial));
        Assert.All(analysis.Hypervolume.Zip(analysis.Hypervolume.Skip(1)), pair => Assert.True(pair.Second.Hypervolume >= pair.First.Hypervolume));
        var front = Front.Of(request.Spec.Objectives, [], request.Trials.Where(trial => trial.IsClosed).Select(Observation.Of));
        Assert.Equal(front.Hypervolume, analysis.Hypervolume[^1].Hypervolume, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void While_there_is_too_little_nothing_is_claimed(int trials)
    {
        var analysis = SweepAnalyzer.Of(Request(trials));

        Assert.Equal(trials + 1, analysis.Hypervolume.Count);
        Assert.Empty(analysis.Importance);
        Assert.Empty(analysis.Calibration);
    }

    /// <summary>The search trusts a model of them, so that is the model to be judged.</summary>
    [Fact]
    public void Trials_of_an_earlier_sweep_count_as_they_do_for_the_search()
    {
        var earlier = Request(25).Trials.Where(trial => trial is { Candidate: not null, Measurement: not null });
        var request = Request(2);

        var analysis = SweepAnalyzer.Of(request with { Spec = request.Spec with { WarmStart = new() { Sweep = new("before") } }, Imported = new(new("before"), true, [.. earlier.Select(trial => new ImportedTrial(trial.Id, trial.Candidate!, trial.Measurement, []))]) });

        Assert.Equal(3, analysis.Hypervolume.Count);
        Assert.NotEmpty(analysis.Importance);
        Assert.Contains(analysis.Calibration, model => model.Metric == Metric.Accuracy && model.Trials > 20);
    }

    [Fact]
    public void Open_stopped_and_failed_trials_do_no_harm()
    {
        var request = Request(20);
        var odd = request.Trials.Select((trial, i) => (i % 7) switch
        {
            3 => trial with { Status = TrialStatus.Running, Measurement = null },
            4 => trial with { Status = TrialStatus.Failed, Measurement = null },
            5 => trial with { Status = TrialStatus.Stopped, Measurement = null, Rungs = [new(0, 0, 0.5)] },
            _ => trial,
        });

        var analysis = SweepAnalyzer.Of(request with { Trials = [.. odd] });

        Assert.Equal(18, analysis.Hypervolume.Count);
        Assert.NotEmpty(analysis.Importance);
    }

    [Fact]
    public void What_was_the_same_in_every_trial_is_not_said_to_be_foretold()
    {
        var request = Request(20);
        var flat = request.Trials.Select(trial => trial.Measurement is { } measured ? trial with { Measurement = measured with { Accuracy = 0.1 } } : trial);

        Assert.DoesNotContain(SweepAnalyzer.Of(request with { Trials = [.. flat] }).Calibration, model => model.Metric == Metric.Accuracy);
    }

    /// <summary>Trials at chance are equal, and more than a tenth: they are none of the best beside the few that learnt something.</summary>
    [Fact]
    public void Where_most_trials_tie_the_few_better_ones_tell_what_matters()
    {
        var request = Request(40);
        double limit = request.Trials.Select(Ratio).Order().ElementAt(2);
        var tied = request.Trials.Select(trial => trial.Candidate is null ? trial : With(trial, Ratio(trial) < limit ? 0.9 : 0.1));
        var alike = request.Trials.Select(trial => With(trial, 0.1));

        Assert.Equal("ratio", SweepAnalyzer.Of(request with { Trials = [.. tied] }).Importance.MaxBy(one => one.Objectives[1])!.Parameter);
        Assert.All(SweepAnalyzer.Of(request with { Trials = [.. alike] }).Importance, one => Assert.Equal(0, one.Objectives[1]));

        static double Ratio(TrialState trial) => trial.Candidate?.Number("ratio") ?? 1;
        static TrialState With(TrialState trial, double accuracy) => trial with { Measurement = trial.Measurement! with { Accuracy = accuracy } };
    }

    private static AnalysisRequest Request(int trials)
    {
        var spec = new SweepSpec
        {
            Name = new("s"),
            Model = new() { Zoo = "lenet" },
            Dataset = new() { Format = "shapes" },
            Space = PruningToy.Mixed,
            Budget = new() { Trials = 60 },
        };
        var history = SimulatedSearch.Run(Samplers.Find("random"), SimulatedSearch.Problem(), trials);
        return new(spec, Profile, [.. history.Closed.Select(Closed)]);
    }

    private static TrialState Closed(Observation trial) => new()
    {
        Id = trial.Trial,
        Candidate = trial.Candidate,
        Status = TrialStatus.Completed,
        Measurement = new()
        {
            Accuracy = trial.Values!.Accuracy,
            AccuracyVariance = trial.Values.AccuracyVariance,
            CorruptedAccuracy = trial.Values.CorruptedAccuracy,
            TestAccuracy = 0,
            Latency = new(trial.Values.LatencyMs, trial.Values.LatencyMs, 0, trial.Values.LatencyRatio, 0, true, 5),
            Macs = (long)trial.Values.Macs,
            Parameters = (long)trial.Values.Parameters,
            Bytes = (long)trial.Values.Bytes,
        },
    };
}
