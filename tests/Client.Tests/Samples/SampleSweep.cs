using Distributed.Client.Sessions;

namespace Distributed.Client.Tests.Samples;

/// <summary>A sweep of a dense model and five candidates: four measured (one dominated, one failing), one stopped.</summary>
internal static class SampleSweep
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static SweepSpec Spec { get; } = new()
    {
        Name = new("sample"),
        Model = new() { Zoo = "lenet" },
        Dataset = new() { Format = "shapes" },
        Space = new([new Parameter.Real("ratio", 0, 0.8), new Parameter.Categorical("criterion", ["l1", "taylor"])]),
        Budget = new() { Trials = 6 },
    };

    public static Measurement Measured(double accuracy, double ratio) => new()
    {
        Accuracy = accuracy,
        TestAccuracy = accuracy - 0.01,
        CorruptedAccuracy = accuracy - 0.2,
        AccuracyVariance = 1e-4,
        Latency = new(ratio * 2, ratio * 2.2, ratio, 0.004, 0.3, true, 0),
        Macs = (long)(12_500_000 * ratio),
        Parameters = (long)(78_000 * ratio),
        Bytes = (long)(312_000 * ratio),
    };

    /// <summary>The log of the sweep, finished unless told otherwise.</summary>
    public static IReadOnlyList<LogEntry> Log(bool finished = true, IReadOnlyList<int>? front = null, double hypervolume = 0.512345)
    {
        List<SweepRecord> records =
        [
            new SweepRecord.Launched(Spec),
            .. Dense(), .. Candidate(1, 0.95, 0.6), .. Candidate(2, 0.93, 0.45), .. Candidate(3, 0.90, 0.55), .. Candidate(4, 0.80, 0.3),
            new SweepRecord.Suggested(new(5), Of(5), "expected improvement 0.01"), new SweepRecord.Leased(new(5), 1, "host/0"),
            new SweepRecord.RungReached(new(5), 1, new(0, 0, 0.4), "far behind at rung 0"),
            new SweepRecord.TrialClosed(new(5), 1, new TrialOutcome.Stopped(new(0, 0, 0.4), "far behind at rung 0")),
            new SweepRecord.Suggested(new(6), Of(6), "expected improvement 0.002"), new SweepRecord.Leased(new(6), 1, "host/1"),
            new SweepRecord.FrontChanged([.. (front ?? [4, 2, 1, 0]).Select(number => new TrialId(number))], hypervolume),
        ];
        if (finished)
            records.AddRange([
                new SweepRecord.TrialClosed(new(6), 1, new TrialOutcome.Failed(FailureKind.NotFinite, "the loss became NaN at step 12")),
                new SweepRecord.StatusChanged(SweepStatus.Finished, "All 6 trials are closed.")]);
        return [.. records.Select((record, i) => new LogEntry(i, Start.AddSeconds(i), record))];
    }

    public static SweepPicture Picture(bool finished = true, IReadOnlyList<int>? front = null)
    {
        SweepPicture picture = new();
        foreach (var entry in Log(finished, front)) picture.Apply(entry);
        return picture;
    }

    public static ArtifactRef Artifact(int trial, string file) => new(ArtifactName.OfAttempt(Spec.Name, new(trial), 1, file), new string('a', 64), 1000);

    private static Candidate Of(int trial) => new([KeyValuePair.Create<string, ParameterValue>("ratio", trial / 10.0), KeyValuePair.Create<string, ParameterValue>("criterion", "l1")]);

    private static SweepRecord[] Dense() =>
    [
        new SweepRecord.Suggested(TrialId.Dense, null, "dense baseline"), new SweepRecord.Leased(TrialId.Dense, 1, "host/0"),
        new SweepRecord.TrialClosed(TrialId.Dense, 1, new TrialOutcome.Prepared(
            Measured(0.96, 1),
            new() { Families = [new("conv1", 16, [4, 8, 16])], Operators = [], Surfaces = [], DenseMs = 2 },
            new(Artifact(0, "model.onnx"), null, Artifact(0, "lineage.json")))),
    ];

    private static SweepRecord[] Candidate(int trial, double accuracy, double ratio) =>
    [
        new SweepRecord.Suggested(new(trial), Of(trial), trial == 1 ? "centre" : $"sobol {trial}"), new SweepRecord.Leased(new(trial), 1, "host/0"),
        new SweepRecord.TrialClosed(new(trial), 1, new TrialOutcome.Completed(
            Measured(accuracy, ratio), new(Artifact(trial, "model.onnx"), Artifact(trial, "plan.json"), Artifact(trial, "lineage.json")), 2)),
    ];
}
