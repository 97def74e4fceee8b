using Distributed.Sweeps;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>Two control silos and three workers, a real Redis and Azurite, while a seeded script kills, freezes and restarts them.</summary>
/// <remarks>
/// Azurite alone is stopped and not killed: it acknowledges a write before it is durable and saves its index every five seconds, which no flag
/// of it changes, so that kill -9 loses what Azure keeps, and would be a test of Azurite. <see cref="KilledStoreTests"/> kills one that has saved.
/// </remarks>
[Collection(Clusters.Main)]
public sealed class ChaosTests
{
    private const int Trials = 30;
    private static readonly CalmRun CalmOnce = new(Calm);

    private static SweepSpec Spec => StubSweeps.Of("chaos", Trials, steps: 20, stepMs: 150);

    /// <summary>One seed, or as many as are asked for.</summary>
    public static TheoryData<int> Seeds => ChaosSeeds.Chosen;

    [Theory, MemberData(nameof(Seeds))]
    public async Task Whatever_is_killed_or_frozen_a_sweep_records_every_trial_once_and_finds_the_same_front(int seed)
    {
        var calm = await CalmOnce.Get();
        ChaosScript script = new((ulong)seed);
        await using var cluster = await ClusterUnderTest.Start(controls: 2, workers: 3, slots: 2, azurite: true);
        try
        {
            await cluster.Launch(Spec);
            var playing = script.Run(cluster, Spec.Name);
            var seen = await cluster.Follow(Spec.Name, log => log.HasEnded, limit: TimeSpan.FromMinutes(6));
            await playing;
            Verdict.EveryTrialIsRecordedOnce(seen);
            Verdict.NoAcceptedResultIsLost(seen, cluster.Workers.SelectMany(worker => worker.Said));
            Verdict.IsTheSameAs(calm, seen);
            await Verdict.FilesOfTheFrontAreThere(cluster, seen);
            Assert.DoesNotContain(cluster.Silos.SelectMany(silo => silo.Said), line => line.Contains(ClusterUnderTest.Secret, StringComparison.Ordinal));
            TestContext.Current.SendDiagnosticMessage(Invariant(
                $"chaos seed {seed}: {seen.All<SweepRecord.Leased>().Count()} attempts at {seen.State.Trials.Count} trials, {cluster.Silos.Sum(silo => silo.Lives)} lives of {cluster.Silos.Count} silos, {(seen.Entries[^1].Time - seen.Entries[0].Time).TotalSeconds:0} s"));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InvalidOperationException($"Seed {seed}: {error.Message}\n{string.Join("\n", script.Story)}\n{cluster.Told(40)}", error);
        }
    }

    /// <summary>The same sweep where nothing goes wrong; what came out does not depend on how many work at it.</summary>
    private static async Task<SweepLogSeen> Calm()
    {
        await using var cluster = await ClusterUnderTest.Start(controls: 1, workers: 1, slots: 6);
        await cluster.Launch(Spec);
        return await cluster.Follow(Spec.Name, log => log.HasEnded);
    }
}
