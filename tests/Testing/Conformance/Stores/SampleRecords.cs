using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>Records of every kind and outcome.</summary>
/// <remarks>A golden log holds exactly these: what is there stays as it is. New kinds go into a list, and a golden log, of their own.</remarks>
public static class SampleRecords
{
    private static readonly TrialId First = new(1);

    /// <summary>One short sweep that holds each kind at least once; it can be folded.</summary>
    public static IReadOnlyList<SweepRecord> OfEveryKind() =>
    [
        new SweepRecord.Launched(Spec()),
        new SweepRecord.Suggested(TrialId.Dense, null, "dense baseline"),
        new SweepRecord.Leased(TrialId.Dense, 1, "host/0"),
        new SweepRecord.PhaseStarted(TrialId.Dense, 1, TrialPhase.Training),
        new SweepRecord.TrialClosed(TrialId.Dense, 1, new TrialOutcome.Prepared(Measurement(0.97, 1), Profile(), Artifacts(0, plan: false))),
        new SweepRecord.Suggested(First, new Candidate([new("criterion", "l1"), new("ratio", 0.5)]), "centre"),
        new SweepRecord.Leased(First, 1, "host/1"),
        new SweepRecord.Checkpointed(First, 1, new(100, 0.5, Artifact("sweeps/demo/trials/1/e1/s100.bin"))),
        new SweepRecord.AttemptEnded(First, 1, "released", null),
        new SweepRecord.Leased(First, 2, "host/0"),
        new SweepRecord.AttemptEnded(First, 2, "native fault – „Speicher“ \n 魚", FailureKind.ProcessDied),
        new SweepRecord.Leased(First, 3, "host/0"),
        new SweepRecord.RungReached(First, 3, new(0, 0, 0.91), null),
        new SweepRecord.TrialClosed(First, 3, new TrialOutcome.Completed(Measurement(0.96, 0.51), Artifacts(1, plan: true), 2)),
        new SweepRecord.FrontChanged([First, TrialId.Dense], 0.47),
        new SweepRecord.Suggested(new(2), new Candidate([new("ratio", 0.9)]), "sobol 1"),
        new SweepRecord.Leased(new(2), 1, "host/0"),
        new SweepRecord.RungReached(new(2), 1, new(1, 0.5, 0.4), "dominated at rung 1"),
        new SweepRecord.TrialClosed(new(2), 1, new TrialOutcome.Stopped(new(1, 0.5, 0.4), "dominated at rung 1")),
        new SweepRecord.Suggested(new(3), new Candidate([new("ratio", 0.1)]), "sobol 2"),
        new SweepRecord.Leased(new(3), 1, "host/0"),
        new SweepRecord.TrialClosed(new(3), 1, new TrialOutcome.Failed(FailureKind.NotFinite, "The loss became NaN at step 7.")),
        new SweepRecord.StatusChanged(SweepStatus.Paused, "interrupted"),
        new SweepRecord.StatusChanged(SweepStatus.Running, "resumed"),
        new SweepRecord.StatusChanged(SweepStatus.Finished, "4 of 4 trials"),
    ];

    /// <summary>What version 0.2.0 added: a warm start, and the basis of a suggestion.</summary>
    public static IReadOnlyList<SweepRecord> OfVersion2() =>
    [
        new SweepRecord.Launched(Spec() with { WarmStart = new() { Sweep = new("earlier") } }),
        new SweepRecord.WarmStarted(new("earlier"), true,
        [
            new(new(3), new Candidate([new("ratio", 0.25)]), Measurement(0.95, 0.8), [new(0, 0, 0.5)]),
            new(new(4), new Candidate([new("ratio", 0.75)]), null, [new(0, 0, 0.3)]),
        ]),
        new SweepRecord.Suggested(TrialId.Dense, null, "dense baseline"),
        new SweepRecord.Suggested(First, new Candidate([new("ratio", 0.5)]), "given", 3),
    ];

    /// <summary>What version 0.3.0 added: a webhook, and what it took.</summary>
    public static IReadOnlyList<SweepRecord> OfVersion3() =>
    [
        new SweepRecord.Launched(Spec() with { Notify = new() { Url = "https://example.org/hook", Events = [NotifyEvent.Failed], SecretEnv = "DISTRIBUTED_NOTIFY_SECRET" } }),
        new SweepRecord.StatusChanged(SweepStatus.Failed, "The baseline failed."),
        new SweepRecord.Notified(1, NotifyEvent.Failed),
    ];

    /// <summary>What version 0.4.0 added: another share of the slots, and fronts by what moves in them.</summary>
    public static IReadOnlyList<SweepRecord> OfVersion4() =>
    [
        new SweepRecord.Launched(Spec()),
        new SweepRecord.Suggested(TrialId.Dense, null, "dense baseline"),
        new SweepRecord.FrontMoved(TrialId.Dense, 0, [], 0.25),
        new SweepRecord.ShareChanged(2.5, null),
        new SweepRecord.Suggested(First, new Candidate([new("ratio", 0.5)]), "centre"),
        new SweepRecord.FrontMoved(First, 0, [], 0.47),
        new SweepRecord.Suggested(new(2), new Candidate([new("ratio", 0.75)]), "sobol 1"),
        new SweepRecord.ShareChanged(null, -1),
        new SweepRecord.FrontMoved(new(2), 0, [First], 0.5),
        new SweepRecord.ShareChanged(4, 2),
    ];

    private static SweepSpec Spec() => new()
    {
        Name = new("demo"),
        Model = new() { Zoo = "resnet-8", Mean = [0.5], Deviation = [0.25], Keep = ["stem"] },
        Dataset = new() { Format = "shapes", Train = 2000 },
        Constraints = [new(Metric.Accuracy, AtLeast: 0.9)],
        Space = new(
        [
            new Parameter.Real("ratio", 0, 0.9, PerFamily: true),
            new Parameter.Integer("steps", 1, 4),
            new Parameter.Categorical("criterion", ["l1", "taylor"]),
            new Parameter.Fixed("ranking", "local"),
        ]),
        Budget = new() { Trials = 4, Time = TimeSpan.FromMinutes(5), Epochs = 20 },
    };

    private static Measurement Measurement(double accuracy, double ratio) => new()
    {
        Accuracy = accuracy,
        AccuracyVariance = accuracy * (1 - accuracy) / 1000,
        TestAccuracy = accuracy - 0.01,
        CorruptedAccuracy = accuracy - 0.2,
        Latency = new(1.25 * ratio, 1.5 * ratio, ratio, 0.004, 0.3, true, 1),
        Macs = (long)(12_000_000 * ratio),
        Parameters = (long)(78_000 * ratio),
        Bytes = (long)(320_000 * ratio),
    };

    private static ModelProfile Profile() => new()
    {
        Families = [new("stem", 16, [8, 16])],
        Operators =
        [
            new()
            {
                Name = "conv1", Operator = "Conv", Input = new(3, []), Output = new(0, [new(0, 1)]), MacsPerPair = 9216, ParametersPerPair = 9,
                ParametersPerOutput = 4, Surface = "conv3x3s1@32",
            },
        ],
        Surfaces = [new("conv3x3s1@32", [3], [8, 16], [20.5, 41.25])],
        Scores = [new("l1", [[0.1, 0.2, 0.7]])],
        FixedBytes = 4096,
        DenseMs = 1.25,
    };

    private static TrialArtifacts Artifacts(int trial, bool plan) => new(
        Artifact(Invariant($"sweeps/demo/trials/{trial}/e1/model.onnx")),
        plan ? Artifact(Invariant($"sweeps/demo/trials/{trial}/e1/plan.json")) : null,
        Artifact(Invariant($"sweeps/demo/trials/{trial}/e1/lineage.json")));

    private static ArtifactRef Artifact(string name) => new(new(name), new string('a', 64), 1234);
}
