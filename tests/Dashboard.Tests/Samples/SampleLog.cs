namespace Distributed.Dashboard.Tests.Samples;

/// <summary>Logs of sweeps whose trials are arithmetic: accuracy falls as latency does, each fifth trial is stopped, trial 7 fails, trial 8 runs in the second attempt.</summary>
internal static class SampleLog
{
    private static readonly int[] Widths = [16, 32, 48, 64];

    public static DateTimeOffset Start { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static SweepSpec Spec { get; } = new()
    {
        Name = new("sample"),
        Model = new() { Zoo = "lenet" },
        Dataset = new() { Format = "shapes" },
        Space = new(
        [
            new Parameter.Real(ParameterNames.Ratio, 0, 0.8), new Parameter.Categorical("criterion", ["l1", "taylor"]),
            new Parameter.Real(ParameterNames.LearningRate, 0.01, 0.1, Scale.Log),
        ]),
        Budget = new() { Trials = 40, Time = TimeSpan.FromMinutes(10) },
    };

    public static ModelProfile Profile { get; } = new()
    {
        Families = [new("first", 64, Widths), new("second", 64, Widths)],
        Operators =
        [
            new() { Name = "a", Operator = "Conv", Input = new(3, []), Output = new(0, [new(0, 1)]), MacsPerPair = 900, ParametersPerPair = 9, Surface = "a" },
            new() { Name = "b", Operator = "Conv", Input = new(0, [new(0, 1)]), Output = new(0, [new(1, 1)]), MacsPerPair = 900, ParametersPerPair = 9, Surface = "b" },
        ],
        Surfaces = [new("a", [3], Widths, [1, 2, 3, 4]), new("b", Widths, Widths, [.. Widths.SelectMany(i => Widths.Select(o => i * o / 256.0))])],
        FixedBytes = 100,
        DenseMs = 2,
    };

    /// <summary>The log of a sweep with so many candidates, still running unless told otherwise.</summary>
    public static IReadOnlyList<LogEntry> Of(int trials, bool finished = false, SweepSpec? spec = null)
    {
        List<SweepRecord> records = [new SweepRecord.Launched(spec ?? Spec), .. Dense()];
        for (int trial = 1; trial <= trials; trial++) records.AddRange(Candidate(trial));
        if (trials >= 2) records.Add(new SweepRecord.FrontChanged([new(2), new(1)], 0.5));
        if (finished) records.Add(new SweepRecord.StatusChanged(SweepStatus.Finished, "The budget is used."));
        return Numbered(records);
    }

    /// <summary>What happens next in a sweep: so many more candidates.</summary>
    public static IReadOnlyList<LogEntry> After(SweepView view, int trials) =>
        Numbered(Enumerable.Range(view.Trials.Count, trials).SelectMany(Candidate), view.Next);

    /// <summary>The records as a log, one a second.</summary>
    public static IReadOnlyList<LogEntry> Numbered(IEnumerable<SweepRecord> records, long from = 0) =>
        [.. records.Select((record, i) => new LogEntry(from + i, Start.AddSeconds(from + i), record))];

    /// <summary>The sweep as a page sees it.</summary>
    public static SweepView View(int trials, bool finished = false, SweepSpec? spec = null, FeedConnection connection = FeedConnection.Live, string trouble = "") =>
        View(Of(trials, finished, spec), connection, trouble);

    /// <summary>A log as a page sees it.</summary>
    public static SweepView View(IEnumerable<LogEntry> log, FeedConnection connection = FeedConnection.Live, string trouble = "")
    {
        SweepFold fold = new(Spec.Name);
        foreach (var entry in log) fold.Apply(new SweepEvent.Logged(entry), entry.Time);
        return fold.View(connection, trouble);
    }

    public static Candidate CandidateOf(int trial) => new(
    [
        KeyValuePair.Create<string, ParameterValue>(ParameterNames.Ratio, 0.8 * (trial % 37) / 37),
        KeyValuePair.Create<string, ParameterValue>("criterion", trial % 2 == 0 ? "l1" : "taylor"),
        KeyValuePair.Create<string, ParameterValue>(ParameterNames.LearningRate, 0.01 + (0.09 * (trial % 11) / 11)),
    ]);

    public static Measurement Measured(Candidate? candidate)
    {
        double ratio = candidate?.Number(ParameterNames.Ratio) is { } pruned ? 1 - pruned : 1, accuracy = 0.95 - (0.3 * Math.Pow(1 - ratio, 2));
        return new()
        {
            Accuracy = accuracy,
            TestAccuracy = accuracy - 0.01,
            CorruptedAccuracy = accuracy - 0.2,
            AccuracyVariance = 1e-4,
            Latency = new(2 * ratio, 2.2 * ratio, ratio, 0.004, 0.3, true, 0),
            Macs = (long)(12_500_000 * ratio),
            Parameters = (long)(78_000 * ratio),
            Bytes = (long)(312_000 * ratio),
        };
    }

    public static ArtifactRef Artifact(int trial, string file) => new(ArtifactName.OfAttempt(Spec.Name, new(trial), 1, file), new string('a', 64), 1000);

    private static SweepRecord[] Dense() =>
    [
        new SweepRecord.Suggested(TrialId.Dense, null, "dense baseline"), new SweepRecord.Leased(TrialId.Dense, 1, "host/0"),
        new SweepRecord.PhaseStarted(TrialId.Dense, 1, TrialPhase.Training), new SweepRecord.PhaseStarted(TrialId.Dense, 1, TrialPhase.Measuring),
        new SweepRecord.TrialClosed(TrialId.Dense, 1, new TrialOutcome.Prepared(Measured(null), Profile, new(Artifact(0, "model.onnx"), null, Artifact(0, "lineage.json")))),
    ];

    private static IEnumerable<SweepRecord> Candidate(int number)
    {
        TrialId trial = new(number);
        var candidate = CandidateOf(number);
        yield return new SweepRecord.Suggested(trial, candidate, number == 1 ? "centre" : Invariant($"sobol {number}"));
        yield return new SweepRecord.Leased(trial, 1, Invariant($"host/{number % 4}"));
        yield return new SweepRecord.PhaseStarted(trial, 1, TrialPhase.Pruning);
        yield return new SweepRecord.RungReached(trial, 1, new(0, 0, 0.4), null);
        yield return new SweepRecord.PhaseStarted(trial, 1, TrialPhase.FineTuning);
        if (number % 5 == 0)
        {
            yield return new SweepRecord.TrialClosed(trial, 1, new TrialOutcome.Stopped(new(0, 0, 0.4), "far behind at rung 0"));
        }
        else if (number == 7)
        {
            yield return new SweepRecord.TrialClosed(trial, 1, new TrialOutcome.Failed(FailureKind.NotFinite, "the loss became NaN at step 12"));
        }
        else if (number == 8)
        {
            yield return new SweepRecord.AttemptEnded(trial, 1, "lease expired", null);
            yield return new SweepRecord.Leased(trial, 2, "host/1");
        }
        else
        {
            yield return new SweepRecord.PhaseStarted(trial, 1, TrialPhase.Measuring);
            yield return new SweepRecord.TrialClosed(trial, 1, new TrialOutcome.Completed(
                Measured(candidate), new(Artifact(number, "model.onnx"), Artifact(number, "plan.json"), Artifact(number, "lineage.json")), 2));
        }
    }
}
