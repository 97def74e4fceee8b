using CsCheck;

namespace Distributed.Grains.Tests;

/// <summary>Invariants 1 and 2 under whatever workers, clocks and restarts do.</summary>
public sealed class RandomOperationsTests(Cluster cluster) : IClassFixture<Cluster>
{
    private enum Operation
    {
        Pull, Complete, CompleteOld, Fail, Release, Checkpoint, Beat, Wait, WaitLong, Pause, Resume, Deactivate, Rung, BreakLog,
    }

    [Fact]
    public async Task Every_trial_is_closed_once_at_the_epoch_that_was_leased_and_what_was_acknowledged_stays()
    {
        await Gen.Select(Gen.Enum<Operation>(), Gen.Int[0, 1000]).Array[20, 80].SampleAsync(Check, iter: 25, threads: 1);
    }

    [Fact]
    public async Task Calls_that_run_together_and_a_log_that_fails_under_them_change_nothing_of_that()
    {
        await Gen.Select(Gen.Enum<Operation>(), Gen.Int[0, 1000]).Array[1, 6].Array[10, 30].SampleAsync(CheckTogether, iter: 25, threads: 1);
    }

    private async Task CheckTogether((Operation What, int Which)[][] operations)
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        List<TrialAssignment> leases = [];
        HashSet<(int Trial, int Epoch)> accepted = [];
        int failing = 0;
        cluster.Logs.BeforeAppend = (id, _) =>
        {
            if (id == sweep.Spec.Name && Interlocked.Exchange(ref failing, 0) == 1) throw new IOException("The test says so.");
        };
        foreach (var together in operations)
        {
            await Task.WhenAll([.. together.Select(async operation =>
            {
                var (what, which) = operation;
                if (what == Operation.BreakLog) Interlocked.Exchange(ref failing, 1);
                try
                {
                    if (what == Operation.Pull || leases.Count == 0)
                    {
                        if (await sweep.Pull($"w/{which % 5}") is { } lease) lock (leases) leases.Add(lease);
                    }
                    else
                    {
                        TrialAssignment old;
                        lock (leases) old = leases[which % leases.Count];
                        await Do(sweep, what, old, accepted);
                    }
                }
                catch (SweepUnavailableException)
                {
                    // Whether it was recorded is for the log to say.
                }
            })]);
        }

        cluster.Logs.BeforeAppend = null;
        CheckLog(await sweep.Log(), accepted);
    }

    private async Task Check((Operation What, int Which)[] operations)
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        List<TrialAssignment> leases = [];
        HashSet<(int Trial, int Epoch)> accepted = [];
        foreach (var (what, which) in operations)
        {
            if (leases.Count == 0 || what == Operation.Pull)
            {
                if (await sweep.Pull($"w/{which % 3}") is { } lease) leases.Add(lease);
                continue;
            }

            await Do(sweep, what, what == Operation.CompleteOld ? leases[which % leases.Count] : leases[^1], accepted);
        }

        CheckLog(await sweep.Log(), accepted);
    }

    private async Task Do(SimulatedWorker sweep, Operation what, TrialAssignment lease, HashSet<(int Trial, int Epoch)> accepted)
    {
        switch (what)
        {
            case Operation.Complete or Operation.CompleteOld:
                if (await sweep.Complete(lease) == CommitAnswer.Accepted) lock (accepted) accepted.Add((lease.Trial.Number, lease.Epoch));
                break;
            case Operation.Fail:
                await sweep.Complete(lease, SimulatedWorker.Failure());
                break;
            case Operation.Release:
                await sweep.Grain.Release(lease.Trial, lease.Epoch, "test");
                break;
            case Operation.Checkpoint:
                await sweep.Grain.Checkpointed(lease.Trial, lease.Epoch, new(lease.Epoch, 1, SimulatedWorker.File("c")));
                break;
            case Operation.Beat:
                await sweep.Beat(lease, new() { Phase = TrialPhase.FineTuning });
                break;
            case Operation.Rung:
                await sweep.Grain.AtRung(lease.Trial, lease.Epoch, new(0, 0, 0.5));
                break;
            case Operation.Wait or Operation.WaitLong:
                cluster.Time.Advance(TimeSpan.FromSeconds(what == Operation.Wait ? 5 : 20));
                break;
            case Operation.Pause:
                await sweep.Grain.Pause("test");
                break;
            case Operation.Resume:
                await Resume(sweep);
                break;
            case Operation.Deactivate:
                await Cluster.Deactivate(sweep.Grain);
                break;
        }
    }

    private static async Task Resume(SimulatedWorker sweep)
    {
        try
        {
            await sweep.Grain.Resume();
        }
        catch (InvalidInputException)
        {
            // It has ended.
            Assert.Contains((await sweep.State()).Status, (SweepStatus[])[SweepStatus.Finished, SweepStatus.Failed]);
        }
    }

    private static void CheckLog(List<LogEntry> log, HashSet<(int Trial, int Epoch)> accepted)
    {
        Dictionary<TrialId, int> open = [];
        Dictionary<TrialId, int> epochs = [];
        Dictionary<TrialId, int> closed = [];
        HashSet<(TrialId, int)> failed = [];
        bool ended = false;
        for (int i = 0; i < log.Count; i++)
        {
            Assert.Equal(i, log[i].Position);
            Assert.False(ended, "something was recorded after the end");
            switch (log[i].Record)
            {
                case SweepRecord.Leased leased:
                    Assert.False(open.ContainsKey(leased.Trial) || closed.ContainsKey(leased.Trial));
                    Assert.Equal(epochs.GetValueOrDefault(leased.Trial) + 1, leased.Epoch);
                    epochs[leased.Trial] = open[leased.Trial] = leased.Epoch;
                    break;
                case SweepRecord.AttemptEnded over:
                    Assert.Equal(open[over.Trial], over.Epoch);
                    open.Remove(over.Trial);
                    if (over.Failure is not null) failed.Add((over.Trial, over.Epoch));
                    break;
                case SweepRecord.Checkpointed checkpointed:
                    Assert.Equal(open[checkpointed.Trial], checkpointed.Epoch);
                    break;
                case SweepRecord.TrialClosed over:
                    Assert.Equal(open.GetValueOrDefault(over.Trial), over.Epoch);
                    Assert.True(closed.TryAdd(over.Trial, over.Epoch));
                    open.Remove(over.Trial);
                    break;
                case SweepRecord.StatusChanged { Status: SweepStatus.Finished or SweepStatus.Failed or SweepStatus.Cancelled }:
                    ended = true;
                    break;
            }
        }

        Assert.All(accepted, commit => Assert.True(
            closed.GetValueOrDefault(new TrialId(commit.Trial)) == commit.Epoch || failed.Contains((new(commit.Trial), commit.Epoch))));
    }
}
