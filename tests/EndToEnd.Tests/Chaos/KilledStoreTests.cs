using Distributed.Sweeps;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>A store that is killed outright while requests are under way, and comes back with all that it had acknowledged.</summary>
/// <remarks>
/// Azurite acknowledges before it saves, every five seconds. So everybody stands still until it has saved what it was asked, and then it is
/// killed: what it acknowledged is durable, as on Azure, and every request under way ends without an answer.
/// </remarks>
[Collection(Clusters.Main)]
public sealed class KilledStoreTests
{
    private static readonly TimeSpan UnderWay = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Every_trial_is_recorded_once_although_nobody_knows_what_became_of_the_last_requests()
    {
        await using var cluster = await ClusterUnderTest.Start(controls: 2, workers: 2, slots: 2, azurite: true);
        var spec = StubSweeps.Of("store", trials: 16, steps: 20, stepMs: 50);
        await cluster.Launch(spec);
        var seen = await cluster.Follow(spec.Name, log => log.Closed >= 4);

        foreach (var silo in cluster.Silos) await silo.Freeze();
        // What was sent before is answered to nobody.
        await Task.Delay(UnderWay, TimeProvider.System, TestContext.Current.CancellationToken);
        await cluster.Azurite!.Saved(TestContext.Current.CancellationToken);
        await cluster.Azurite.Kill();
        foreach (var silo in cluster.Silos) await silo.Thaw();
        await cluster.Azurite.Start(TestContext.Current.CancellationToken);

        await cluster.Follow(spec.Name, log => log.HasEnded, seen);
        Assert.True(seen.State.Status == SweepStatus.Finished, seen.State.StatusReason);
        Verdict.EveryTrialIsRecordedOnce(seen);
        Verdict.NoAcceptedResultIsLost(seen, cluster.Workers.SelectMany(worker => worker.Said));
        await Verdict.FilesOfTheFrontAreThere(cluster, seen);
        Assert.Equal(17, seen.State.Trials.Count(trial => trial.Status == TrialStatus.Completed));
    }
}
