namespace Distributed.Grains.Tests;

public sealed class CommitTests(Cluster cluster) : IClassFixture<Cluster>
{
    [Fact]
    public async Task A_completion_that_is_repeated_is_accepted_and_recorded_once()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        Assert.Equal(CommitAnswer.Accepted, await sweep.Complete(lease));
        Assert.Equal(CommitAnswer.Accepted, await sweep.Complete(lease));
        Assert.Single(await sweep.Log(), entry => entry.Record is SweepRecord.TrialClosed closed && closed.Trial == lease.Trial);
    }

    [Fact]
    public async Task Completions_made_at_the_same_time_are_recorded_once()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sweep.Complete(lease)));
        Assert.All(answers, answer => Assert.Equal(CommitAnswer.Accepted, answer));
        Assert.Single(await sweep.Log(), entry => entry.Record is SweepRecord.TrialClosed closed && closed.Trial == lease.Trial);
    }

    [Fact]
    public async Task An_older_epoch_is_stale_while_the_newer_runs_and_a_duplicate_once_it_has_closed()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var old = await sweep.MustPull("a/0");
        cluster.Time.Advance(TimeSpan.FromSeconds(16));
        var newer = await sweep.MustPull("a/1");
        Assert.Equal((old.Trial, old.Epoch + 1), (newer.Trial, newer.Epoch));
        Assert.Equal(CommitAnswer.Stale, await sweep.Complete(old));
        Assert.Equal(CommitAnswer.Accepted, await sweep.Complete(newer));
        Assert.Equal(CommitAnswer.Duplicate, await sweep.Complete(old));
        Assert.Equal(newer.Epoch, (await sweep.Trial(newer)).Epoch);
    }

    [Fact]
    public async Task A_stale_worker_can_neither_checkpoint_nor_release_nor_decide_at_a_rung()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var old = await sweep.MustPull("a/0");
        cluster.Time.Advance(TimeSpan.FromSeconds(16));
        var newer = await sweep.MustPull("a/1");
        int before = (await sweep.Log()).Count(IsAbout(old.Trial));
        Assert.Equal(LeaseAnswer.Revoked, await sweep.Beat(old, new() { Phase = TrialPhase.Evaluating }));
        Assert.Equal(LeaseAnswer.Revoked, await sweep.Grain.Checkpointed(old.Trial, old.Epoch, new(3, 1, SimulatedWorker.File("c"))));
        Assert.NotNull(await sweep.Grain.AtRung(old.Trial, old.Epoch, new(0, 0, 0.5)));
        await sweep.Grain.Release(old.Trial, old.Epoch, "test");
        Assert.Equal(before, (await sweep.Log()).Count(IsAbout(old.Trial)));
        Assert.Equal(LeaseAnswer.Continue, await sweep.Beat(newer));
    }

    [Fact]
    public async Task A_closed_trial_and_the_front_that_it_changes_are_recorded_together()
    {
        List<IReadOnlyList<SweepRecord>> appends = [];
        var sweep = await cluster.NewSweep().WithBaseline();
        cluster.Logs.BeforeAppend = (id, records) =>
        {
            if (id == sweep.Spec.Name) lock (appends) appends.Add(records);
        };
        await sweep.Complete(await sweep.MustPull());
        cluster.Logs.BeforeAppend = null;
        Assert.Contains(appends, records => records is [SweepRecord.TrialClosed, SweepRecord.FrontMoved]);
    }

    [Fact]
    public async Task A_model_slower_than_the_dense_one_never_stands_on_the_front()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        var fast = StubModel.Measure(lease.Candidate);
        var slow = fast with { Accuracy = 0.999, Latency = fast.Latency with { Ratio = 1.2 } };
        await sweep.Complete(lease, new TrialOutcome.Completed(slow, SimulatedWorker.Files, 1));
        Assert.Equal([TrialId.Dense], (await sweep.State()).Front);
    }

    [Fact]
    public async Task A_measurement_that_is_not_finite_closes_the_trial_as_failed()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        var broken = StubModel.Measure(lease.Candidate) with { Accuracy = double.NaN };
        await sweep.Complete(lease, new TrialOutcome.Completed(broken, SimulatedWorker.Files, 1));
        Assert.Equal(TrialStatus.Failed, (await sweep.Trial(lease)).Status);
    }

    [Fact]
    public async Task When_the_log_fails_nothing_is_recorded_and_the_repeated_call_is()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        int failures = 1;
        cluster.Logs.BeforeAppend = (id, records) =>
        {
            if (id == sweep.Spec.Name && records.Any(record => record is SweepRecord.TrialClosed) && failures-- > 0) throw new IOException("The disk is full.");
        };
        await Assert.ThrowsAsync<SweepUnavailableException>(() => sweep.Complete(lease));
        Assert.Equal(TrialStatus.Running, (await sweep.Trial(lease)).Status);
        CommitAnswer? answer = null;
        for (int i = 0; i < 100 && answer is null; i++)
        {
            try
            {
                answer = await sweep.Complete(lease);
            }
            catch (SweepUnavailableException)
            {
                await Task.Yield();
            }
        }

        cluster.Logs.BeforeAppend = null;
        Assert.Equal(CommitAnswer.Accepted, answer);
        Assert.Equal(TrialStatus.Completed, (await sweep.Trial(lease)).Status);
    }

    private static Func<LogEntry, bool> IsAbout(TrialId trial) => entry => entry.Record switch
    {
        SweepRecord.PhaseStarted phase => phase.Trial == trial,
        SweepRecord.Checkpointed checkpointed => checkpointed.Trial == trial,
        SweepRecord.RungReached rung => rung.Trial == trial,
        SweepRecord.AttemptEnded ended => ended.Trial == trial,
        SweepRecord.TrialClosed closed => closed.Trial == trial,
        _ => false,
    };
}
