using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>The same with trials that train: networks are pruned, fine-tuned, judged and measured while silos die.</summary>
[Collection(Clusters.Main)]
public sealed class RealTrialsTests
{
    private static readonly CalmRun CalmOnce = new(() => Run(null));
    private const int Trials = 24, EpochsThatOutlastTheScript = 6;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    private static SweepSpec Spec => new()
    {
        Name = new("real"),
        Seed = 5,
        Model = new() { Zoo = "lenet" },
        Dataset = new() { Format = "shapes", Train = 600, Validation = 200, Test = 200 },
        Baseline = new() { Epochs = 1, LearningRate = 0.05 },
        Recovery = new() { Epochs = EpochsThatOutlastTheScript, LearningRate = 0.02 },
        Space = new([new Parameter.Real("ratio", 0, 0.8), new Parameter.Categorical("criterion", ["l1", "random"]), new Parameter.Real("learning-rate", 0.005, 0.05, Scale.Log)]),
        // What is measured in milliseconds differs from run to run; what is counted does not.
        Objectives = [new(Metric.Accuracy, Direction.Maximize), new(Metric.Macs, Direction.Minimize)],
        Sampler = new() { Name = "sobol", Horizon = 8 },
        EarlyStopping = new() { Enabled = false },
        Latency = new() { Sessions = 5, Warmup = 5, Runs = 10 },
        Budget = new() { Trials = Trials },
    };

    /// <summary>One seed, or as many as are asked for.</summary>
    public static TheoryData<int> Seeds => ChaosSeeds.Chosen;

    [Theory, MemberData(nameof(Seeds))]
    public async Task Networks_that_train_while_silos_die_come_out_as_if_nothing_had_happened(int seed)
    {
        var calm = await CalmOnce.Get();
        Assert.Equal(Trials, calm.State.Trials.Count(trial => !trial.Id.IsDense));
        Verdict.IsTheSameAs(calm, await Run(new ChaosScript((ulong)seed)));
    }

    private static async Task<SweepLogSeen> Run(ChaosScript? script)
    {
        await using var cluster = await ClusterUnderTest.Start(
            controls: script is null ? 1 : 2, workers: script is null ? 1 : 3, slots: script is null ? 2 : 1, azurite: script is not null, program: Repository.Silo);
        try
        {
            await cluster.Launch(Spec);
            // The baseline first: a script that is over before the trials begin would show nothing.
            var seen = await cluster.Follow(Spec.Name, log => log.Closed >= 2, limit: Limit);
            var playing = script?.Run(cluster, Spec.Name) ?? Task.CompletedTask;
            await cluster.Follow(Spec.Name, log => log.HasEnded, seen, Limit);
            string left = playing.IsCompleted ? "the script was over" : "the script went on";
            await playing;
            Verdict.EveryTrialIsRecordedOnce(seen);
            Verdict.NoAcceptedResultIsLost(seen, cluster.Workers.SelectMany(worker => worker.Said));
            TestContext.Current.SendDiagnosticMessage(Invariant(
                $"{(script is null ? "calm" : Invariant($"chaos seed {script.Seed}"))}: {seen.All<SweepRecord.Leased>().Count()} attempts at {seen.State.Trials.Count} real trials, {cluster.Silos.Sum(silo => silo.Lives)} lives of {cluster.Silos.Count} silos, {(seen.Entries[^1].Time - seen.Entries[0].Time).TotalSeconds:0} s; {left}"));
            return seen;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{error.Message}\n{string.Join("\n", script?.Story ?? [])}\n{cluster.Told(40)}", error);
        }
    }
}
