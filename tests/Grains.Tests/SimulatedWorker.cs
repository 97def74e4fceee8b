namespace Distributed.Grains.Tests;

/// <summary>A sweep with a worker that knows every result beforehand.</summary>
public sealed class SimulatedWorker(ISweepGrain grain, SweepSpec spec, Cluster cluster)
{
    public ISweepGrain Grain => grain;

    public SweepSpec Spec => spec;

    public static TrialArtifacts Files { get; } = new(File("model.onnx"), File("plan.json"), File("lineage.json"));

    public static ArtifactRef File(string name) => new(new(name), new('0', 64), 1);

    public static TrialOutcome Outcome(TrialAssignment assignment) => assignment.Trial.IsDense
        ? new TrialOutcome.Prepared(StubModel.Measure(null), StubModel.Profile, Files)
        : new TrialOutcome.Completed(StubModel.Measure(assignment.Candidate), Files, 1);

    public static TrialOutcome Failure(FailureKind kind = FailureKind.Unexpected) => new TrialOutcome.Failed(kind, "The test says so.");

    public async Task<TrialAssignment?> Pull(string slot = "a/0") => (await grain.Pull(new(slot, "cpu")))?.Assignment;

    /// <summary>Pulls until there is work, however slow the machine: a suggestion may be in the making as long as the sweep runs.</summary>
    public async Task<TrialAssignment> MustPull(string slot = "a/0")
    {
        while (true)
        {
            if (await Pull(slot) is { } assignment) return assignment;
            if (await State() is { Status: not SweepStatus.Running } ended)
                throw new InvalidOperationException($"The sweep hands out nothing: it is {ended.Status} ({ended.StatusReason}).");
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    public Task<CommitAnswer> Complete(TrialAssignment assignment, TrialOutcome? outcome = null) =>
        grain.Complete(assignment.Trial, assignment.Epoch, outcome ?? Outcome(assignment));

    public async Task<LeaseAnswer> Beat(TrialAssignment assignment, TrialProgress? progress = null, IReadOnlyList<EnteredPhase>? phases = null) =>
        (await grain.Heartbeat([new(assignment.Trial, assignment.Epoch, progress, phases)]))[0];

    /// <summary>Launches and closes the dense baseline.</summary>
    public async Task<SimulatedWorker> WithBaseline()
    {
        await grain.Launch(spec);
        Assert.Equal(CommitAnswer.Accepted, await Complete(await MustPull()));
        return this;
    }

    public async Task RunToEnd()
    {
        while ((await State()).Status == SweepStatus.Running)
        {
            if (await Pull() is { } assignment) await Complete(assignment);
        }
    }

    public async Task<List<LogEntry>> Log()
    {
        List<LogEntry> log = [];
        await foreach (var entry in cluster.Logs.Read(spec.Name, 0, TestContext.Current.CancellationToken)) log.Add(entry);
        return log;
    }

    public async Task<SweepState> State()
    {
        SweepState state = new();
        foreach (var entry in await Log()) state.Apply(entry);
        return state;
    }

    public async Task<TrialState> Trial(TrialAssignment assignment) => (await State()).Trials[assignment.Trial.Number];
}
