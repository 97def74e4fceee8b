using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>A checkpoint of a network that trains is damaged on the disk.</summary>
[Collection(Clusters.Main)]
public sealed class DamagedCheckpointTests
{
    private static SweepSpec Spec => new()
    {
        Name = new("damaged"),
        Seed = 5,
        Model = new() { Zoo = "lenet" },
        Dataset = new() { Format = "shapes", Train = 300, Validation = 100, Test = 100 },
        // Long enough to be interrupted twice on any machine.
        Baseline = new() { Epochs = 400, LearningRate = 0.05 },
        Space = new([new Parameter.Real("ratio", 0, 0.8)]),
        Objectives = [new(Metric.Accuracy, Direction.Maximize), new(Metric.Macs, Direction.Minimize)],
        Sampler = new() { Name = "sobol" },
        Latency = new() { Sessions = 5, Warmup = 5, Runs = 10 },
        Budget = new() { Trials = 1 },
    };

    [Fact]
    public async Task A_checkpoint_that_fails_its_hash_gives_way_to_the_one_before_and_the_log_says_so()
    {
        await using var cluster = await ClusterUnderTest.Start(controls: 1, workers: 1, slots: 1, program: Repository.Silo);
        await cluster.Launch(Spec);
        SweepLogSeen seen = new();
        List<Checkpoint> checkpoints = [];
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            await Until(log => log.All<SweepRecord.PhaseStarted>().Any(phase => phase.Epoch == epoch && phase.Phase == TrialPhase.Training));
            await cluster.Sweep(Spec.Name).Pause("to be damaged");
            await Until(log => log.All<SweepRecord.AttemptEnded>().Any(ended => ended.Epoch == epoch));
            checkpoints.Add(seen.All<SweepRecord.Checkpointed>().Last(at => at.Epoch == epoch).Checkpoint);
            if (epoch == 2) await Damage(Path.Combine([cluster.Variables["DISTRIBUTED__STORE"], "artifacts", .. checkpoints[1].Artifact.Name.Value.Split('/')]));
            await cluster.Sweep(Spec.Name).Resume();
        }

        Assert.True(checkpoints[1].Step > checkpoints[0].Step);
        await Until(log => log.State.Trials[0].IsClosed);
        // The attempt names what it goes on from before it writes one of its own.
        Assert.Equal(checkpoints[0], seen.All<SweepRecord.Checkpointed>().First(at => at.Epoch == 3).Checkpoint);
        Assert.Equal((TrialStatus.Completed, 3), (seen.State.Trials[0].Status, seen.State.Trials[0].Attempts.Count));
        await cluster.Sweep(Spec.Name).Cancel("seen enough");

        Task Until(Func<SweepLogSeen, bool> holds) => cluster.Follow(Spec.Name, holds, seen);
    }

    /// <summary>One byte in the middle; length and time stay as they were.</summary>
    private static async Task Damage(string file)
    {
        var written = File.GetLastWriteTimeUtc(file);
        byte[] content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        content[content.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(file, written);
    }
}
