using Distributed.Sweeps;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>What a sweep does when a silo is gone for good. The times are told as diagnostic messages; nothing is asserted of them.</summary>
[Collection(Clusters.Waiting)]
public sealed class TakeoverTests
{
    [Fact]
    public async Task The_trial_of_a_killed_worker_goes_on_elsewhere_from_its_checkpoint()
    {
        await using var cluster = await ClusterUnderTest.Start(controls: 1, workers: 2, slots: 1);
        var spec = StubSweeps.Of("orphan", trials: 1, steps: 150, stepMs: 100);
        await cluster.Launch(spec);
        var seen = await cluster.Follow(spec.Name, log => log.All<SweepRecord.Checkpointed>().Any(at => at.Checkpoint.Step >= 10));
        string slot = seen.All<SweepRecord.Leased>().Last().Slot;
        var worker = cluster.Workers.Single(silo => slot == $"{silo.Name}/0");
        worker.Restarts = false;
        var killed = TimeProvider.System.GetUtcNow();
        await worker.Signal("KILL");
        await cluster.Follow(spec.Name, log => log.All<SweepRecord.Leased>().Any(leased => leased.Epoch == 2), seen);
        var again = seen.Entries.Last(entry => entry.Record is SweepRecord.Leased { Epoch: 2 });
        Assert.NotEqual(slot, ((SweepRecord.Leased)again.Record).Slot);
        Tell(Invariant($"the trial of a killed worker ran elsewhere after {(again.Time - killed).TotalSeconds:0.0} s"));
        await cluster.Follow(spec.Name, log => log.All<SweepRecord.Checkpointed>().Any(at => at.Epoch == 2), seen);
        long last = seen.All<SweepRecord.Checkpointed>().Last(at => at.Epoch == 1).Checkpoint.Step;
        Assert.InRange(seen.All<SweepRecord.Checkpointed>().First(at => at.Epoch == 2).Checkpoint.Step, last + 1, last + 5);
    }

    [Fact]
    public async Task Trials_compute_on_while_another_control_silo_takes_a_sweep_over()
    {
        await using var cluster = await ClusterUnderTest.Start(controls: 2, workers: 2, slots: 2);
        var spec = StubSweeps.Of("inherited", trials: 40, steps: 10, stepMs: 100);
        await cluster.Launch(spec);
        // Asked for first: on a busy machine the sweep could be over before there is an answer.
        var owner = await cluster.OwnerOf(spec.Name);
        Assert.NotNull(owner);
        owner.Restarts = false;
        var seen = await cluster.Follow(spec.Name, log => log.Closed >= 6);
        var killed = TimeProvider.System.GetUtcNow();
        await owner.Signal("KILL");
        await cluster.Follow(spec.Name, log => log.Entries[^1].Time > killed, seen);
        var resumed = seen.Entries.First(entry => entry.Time > killed);
        Tell(Invariant($"recording resumed {(resumed.Time - killed).TotalSeconds:0.0} s after the sweep's control silo was killed"));
        await cluster.Follow(spec.Name, log => log.HasEnded, seen);
        Verdict.EveryTrialIsRecordedOnce(seen);
        Verdict.NoAcceptedResultIsLost(seen, cluster.Workers.SelectMany(silo => silo.Said));
        // A grant whose answer was lost with the silo is taken back when its slot asks again; no attempt that computed was given up.
        Assert.All(seen.All<SweepRecord.AttemptEnded>(), ended => Assert.Contains("asked for other work", ended.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_redis_that_came_back_empty_costs_a_restart_and_no_result()
    {
        await using var cluster = await ClusterUnderTest.Start(controls: 2, workers: 1, slots: 2);
        var spec = StubSweeps.Of("forgotten", trials: 20, steps: 20, stepMs: 100);
        await cluster.Launch(spec);
        var seen = await cluster.Follow(spec.Name, log => log.Closed >= 2);
        await cluster.Redis.Kill();
        cluster.Redis.Forget();
        await cluster.Redis.Start(TestContext.Current.CancellationToken);
        // A silo that lived on in a cluster that its table does not know would never be started again.
        await cluster.Follow(spec.Name, log => log.HasEnded && cluster.Silos.All(silo => silo.Lives > 1), seen);
        Verdict.EveryTrialIsRecordedOnce(seen);
        Verdict.NoAcceptedResultIsLost(seen, cluster.Workers.SelectMany(silo => silo.Said));
    }

    /// <summary>Azurite frozen for a minute, which is what a store that is away looks like to us.</summary>
    [Fact]
    public async Task A_store_that_is_away_for_a_minute_delays_results_and_loses_none()
    {
        await using var cluster = await ClusterUnderTest.Start(controls: 2, workers: 2, slots: 2, azurite: true);
        var spec = StubSweeps.Of("patient", trials: 30, steps: 20, stepMs: 100);
        await cluster.Launch(spec);
        var seen = await cluster.Follow(spec.Name, log => log.Closed >= 4);
        await cluster.Azurite!.Freeze();
        await Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System, TestContext.Current.CancellationToken);
        var back = TimeProvider.System.GetUtcNow();
        await cluster.Azurite.Thaw();
        await cluster.Follow(spec.Name, log => log.Entries[^1].Time > back, seen);
        Tell(Invariant($"recording resumed {(seen.Entries.First(entry => entry.Time > back).Time - back).TotalSeconds:0.0} s after the store was back from a minute's absence"));
        await cluster.Follow(spec.Name, log => log.HasEnded, seen);
        Verdict.EveryTrialIsRecordedOnce(seen);
        Verdict.NoAcceptedResultIsLost(seen, cluster.Workers.SelectMany(silo => silo.Said));
        Assert.All(seen.State.Trials, trial => Assert.Equal(TrialStatus.Completed, trial.Status));
    }

    private static void Tell(string figure) => TestContext.Current.SendDiagnosticMessage(figure);
}
