namespace Distributed.Grains.Tests;

public sealed class LeaseTests(Cluster cluster) : IClassFixture<Cluster>
{
    private static readonly Checkpoint AtStep7 = new(7, 0.5, SimulatedWorker.File("checkpoint-s7"));

    [Fact]
    public async Task A_silent_lease_expires_and_the_trial_goes_on_from_its_checkpoint()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var silent = await sweep.MustPull("a/0");
        await sweep.Grain.Checkpointed(silent.Trial, silent.Epoch, AtStep7);
        cluster.Time.Advance(TimeSpan.FromSeconds(16));
        var next = await sweep.MustPull("a/1");
        Assert.Equal(silent.Trial, next.Trial);
        Assert.Equal(AtStep7, next.Checkpoint);
        Assert.Equal(["lease expired", null], (await sweep.Trial(next)).Attempts.Select(attempt => attempt.Ending));
    }

    [Fact]
    public async Task Heartbeats_keep_a_lease()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        for (int i = 0; i < 5; i++)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(LeaseAnswer.Continue, await sweep.Beat(lease));
        }

        Assert.Equal(CommitAnswer.Accepted, await sweep.Complete(lease));
    }

    [Fact]
    public async Task A_new_activation_gives_open_leases_a_full_time_to_live()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        cluster.Time.Advance(TimeSpan.FromSeconds(10));
        await Cluster.Deactivate(sweep.Grain);
        Assert.NotEmpty(await sweep.Grain.Read(0, 1));
        cluster.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(LeaseAnswer.Continue, await sweep.Beat(lease));
        Assert.Equal(CommitAnswer.Accepted, await sweep.Complete(lease));
    }

    [Fact]
    public async Task A_slot_that_asks_again_has_lost_what_it_ran()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lost = await sweep.MustPull("a/0");
        var again = await sweep.MustPull("a/0");
        Assert.Equal((lost.Trial, lost.Epoch + 1), (again.Trial, again.Epoch));
        Assert.Equal(LeaseAnswer.Revoked, await sweep.Beat(lost));
    }

    [Fact]
    public async Task Each_phase_of_an_attempt_is_recorded_once()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        foreach (var phase in new[] { TrialPhase.Loading, TrialPhase.Loading, TrialPhase.FineTuning, TrialPhase.FineTuning, TrialPhase.Measuring })
            await sweep.Beat(lease, new() { Phase = phase });
        Assert.Equal(
            [TrialPhase.Loading, TrialPhase.FineTuning, TrialPhase.Measuring],
            (await sweep.Log()).Select(entry => entry.Record).OfType<SweepRecord.PhaseStarted>().Select(phase => phase.Phase));
    }

    [Fact]
    public async Task Phases_shorter_than_a_heartbeat_are_told_together_and_recorded_once_however_often_they_are_told()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        EnteredPhase[] phases =
        [
            new(0, TrialPhase.Pruning, TimeSpan.FromMilliseconds(150)), new(1, TrialPhase.FineTuning, TimeSpan.FromMilliseconds(100)), new(2, TrialPhase.Pruning, TimeSpan.Zero),
        ];
        await sweep.Beat(lease, new() { Phase = TrialPhase.Pruning }, phases[..2]);
        await sweep.Beat(lease, new() { Phase = TrialPhase.Pruning }, phases);
        await sweep.Beat(lease, new() { Phase = TrialPhase.Pruning }, []);
        var again = await sweep.MustPull();
        await sweep.Beat(lease, null, [new(3, TrialPhase.Measuring, TimeSpan.Zero)]);
        await sweep.Beat(again, null, phases[..1]);
        Assert.Equal((lease.Trial, lease.Epoch + 1), (again.Trial, again.Epoch));
        Assert.Equal(
            [(1, TrialPhase.Pruning, 0.15), (1, TrialPhase.FineTuning, 0.1), (1, TrialPhase.Pruning, 0), (2, TrialPhase.Pruning, 0.15)],
            (await sweep.Log()).Select(entry => entry.Record).OfType<SweepRecord.PhaseStarted>().Select(phase => (phase.Epoch, phase.Phase, phase.Ago!.Value)));
    }

    [Fact]
    public async Task A_pause_drains_and_a_resumed_sweep_goes_on_from_the_checkpoint()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        await sweep.Grain.Pause("test");
        Assert.Equal(LeaseAnswer.Drain, await sweep.Beat(lease));
        Assert.Equal(LeaseAnswer.Drain, await sweep.Grain.Checkpointed(lease.Trial, lease.Epoch, AtStep7));
        await sweep.Grain.Release(lease.Trial, lease.Epoch, "drained");
        Assert.Null(await sweep.Pull());
        await sweep.Grain.Resume();
        var next = await sweep.MustPull();
        Assert.Equal((lease.Trial, lease.Epoch + 1, AtStep7), (next.Trial, next.Epoch, next.Checkpoint));
    }

    [Fact]
    public async Task A_trial_that_ends_while_the_sweep_pauses_is_recorded()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        await sweep.Grain.Pause("test");
        Assert.Equal(CommitAnswer.Accepted, await sweep.Complete(lease));
        Assert.Equal(SweepStatus.Paused, (await sweep.State()).Status);
    }

    [Fact]
    public async Task Cancelling_ends_everything_for_good()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        await sweep.Grain.Cancel("test");
        Assert.Equal(LeaseAnswer.CancelRequested, await sweep.Beat(lease));
        Assert.Equal(CommitAnswer.Stale, await sweep.Complete(lease));
        await Assert.ThrowsAsync<InvalidInputException>(() => sweep.Grain.Resume());
        Assert.Null(await sweep.Pull());
        Assert.Equal(new SweepRecord.StatusChanged(SweepStatus.Cancelled, "test"), (await sweep.Log())[^1].Record);
    }

    [Fact]
    public async Task The_same_rung_of_the_same_trial_always_gets_the_same_answer()
    {
        var sweep = await cluster.NewSweep(spec => spec with { EarlyStopping = new() { Grace = 1, Reduction = 2 }, Sampler = spec.Sampler with { Horizon = 1 } })
            .WithBaseline();
        var good = await sweep.MustPull();
        Assert.Null(await sweep.Grain.AtRung(good.Trial, good.Epoch, new(0, 0, 0.9)));
        await sweep.Complete(good, Outcome(good, ratio: 0.1));
        var bad = await sweep.MustPull();
        string? first = await sweep.Grain.AtRung(bad.Trial, bad.Epoch, new(0, 0, 0.01));
        await Cluster.Deactivate(sweep.Grain);
        Assert.Equal(first, await sweep.Grain.AtRung(bad.Trial, bad.Epoch, new(0, 0, 0.99)));
        Assert.Equal(2, (await sweep.Log()).Count(entry => entry.Record is SweepRecord.RungReached));
    }

    [Fact]
    public async Task A_trial_whose_attempts_vanish_with_their_silos_is_closed_as_failed_with_the_reason_of_each()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        List<TrialAssignment> lost = [];
        for (int i = 0; i < 5; i++)
        {
            lost.Add(await sweep.MustPull($"silo{i}/0"));
            Assert.Equal((lost[0].Trial, i + 1), (lost[i].Trial, lost[i].Epoch));
            cluster.Time.Advance(TimeSpan.FromSeconds(16));
        }

        Assert.NotEqual(lost[0].Trial, (await sweep.MustPull("silo5/0")).Trial);
        var trial = await sweep.Trial(lost[0]);
        Assert.Equal(TrialStatus.Failed, trial.Status);
        Assert.All(lost, attempt => Assert.Contains($"attempt {attempt.Epoch} at silo{attempt.Epoch - 1}/0: lease expired", trial.Ending));
        Assert.All(trial.Attempts, attempt => Assert.Equal("lease expired", attempt.Ending));
        foreach (var attempt in lost) Assert.Equal(CommitAnswer.Duplicate, await sweep.Complete(attempt));
    }

    [Fact]
    public async Task An_attempt_that_left_a_checkpoint_is_not_held_against_its_trial()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        for (int i = 0; i < 8; i++)
        {
            var lease = await sweep.MustPull($"silo{i}/0");
            Assert.Equal(1, lease.Trial.Number);
            await sweep.Grain.Checkpointed(lease.Trial, lease.Epoch, AtStep7 with { Step = i });
            cluster.Time.Advance(TimeSpan.FromSeconds(16));
        }
    }

    [Fact]
    public async Task A_failed_attempt_is_repeated_on_another_slot_and_on_the_same_when_none_takes_it()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var other = await sweep.MustPull("a/1");
        var first = await sweep.MustPull("a/0");
        await sweep.Complete(first, SimulatedWorker.Failure());
        var elsewhere = await sweep.MustPull("a/0");
        Assert.NotEqual(first.Trial, elsewhere.Trial);
        await sweep.Complete(other);
        var again = await sweep.MustPull("a/1");
        Assert.Equal((first.Trial, 2), (again.Trial, again.Epoch));
        await sweep.Complete(again, SimulatedWorker.Failure());
        Assert.NotEqual(first.Trial, (await sweep.MustPull("a/1")).Trial);
        cluster.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(first.Trial, (await sweep.MustPull("a/1")).Trial);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_jumps_an_hour_neither_ends_a_lease_nor_keeps_a_dead_one(int hours)
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull("a/0");
        cluster.Time.AdjustTime(cluster.Time.GetUtcNow() + TimeSpan.FromHours(hours));
        Assert.Equal(LeaseAnswer.Continue, await sweep.Beat(lease));
        Assert.NotEqual(lease.Trial, (await sweep.MustPull("a/1")).Trial);
        Assert.Equal(LeaseAnswer.Continue, await sweep.Beat(lease));
        cluster.Time.Advance(TimeSpan.FromSeconds(16));
        var next = await sweep.MustPull("a/2");
        Assert.Equal((lease.Trial, 2), (next.Trial, next.Epoch));
    }

    private static TrialOutcome.Completed Outcome(TrialAssignment assignment, double ratio)
    {
        var measured = StubModel.Measure(assignment.Candidate);
        return new(measured with { Latency = measured.Latency with { Ratio = ratio } }, SimulatedWorker.Files, 1);
    }
}
