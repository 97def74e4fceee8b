namespace Distributed.Grains.Tests;

/// <summary>A machine that fails whatever it is given, as one with a broken driver does, beside one that works.</summary>
public sealed class BrokenSiloTests(Cluster cluster) : IClassFixture<Cluster>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_trial_that_failed_on_a_silo_waits_for_one_that_works_at_the_sweep_however_long()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var good = await sweep.MustPull("good/0");
        var first = await sweep.MustPull("broken/0");
        await sweep.Complete(first, SimulatedWorker.Failure());
        await Pass(sweep, good, 10);
        foreach (string slot in (string[])["broken/0", "broken/1"]) Assert.NotEqual(first.Trial, (await sweep.MustPull(slot)).Trial);
        await sweep.Complete(good);
        var again = await sweep.MustPull("good/0");
        Assert.Equal((first.Trial, 2), (again.Trial, again.Epoch));
    }

    [Fact]
    public async Task It_is_repeated_where_it_failed_when_the_other_silo_is_gone()
    {
        var sweep = await cluster.NewSweep(spec => spec with { Budget = new() { Trials = 2 } }).WithBaseline();
        await sweep.MustPull("good/0");
        var first = await sweep.MustPull("broken/0");
        await sweep.Complete(first, SimulatedWorker.Failure());
        Assert.Null(await sweep.Pull("broken/1"));
        cluster.Time.Advance(Minute);
        List<int> left = [(await sweep.MustPull("broken/0")).Trial.Number, (await sweep.MustPull("broken/1")).Trial.Number];
        Assert.Equal([1, 2], left.Order());
    }

    [Fact]
    public async Task It_fails_no_trial_and_no_sweep_while_another_works_however_slowly()
    {
        var sweep = await cluster.NewSweep(spec => spec with { Budget = new() { Trials = 20 } }).WithBaseline();
        while (await sweep.Pull("good/0") is { } good)
        {
            for (int slot = 0; slot < 8; slot++)
            {
                while (await sweep.Pull($"broken/{slot}") is { } given) await sweep.Complete(given, SimulatedWorker.Failure(FailureKind.ProcessDied));
            }

            await Pass(sweep, good, 2);
            await sweep.Complete(good);
        }

        var state = await sweep.State();
        Assert.Equal((SweepStatus.Finished, 21), (state.Status, state.Trials.Count));
        Assert.All(state.Trials, trial => Assert.Equal(TrialStatus.Completed, trial.Status));
        Assert.All(state.Trials, trial => Assert.InRange(trial.Attempts.Count, 1, 2));
        Assert.Contains(state.Trials, trial => trial.Attempts.Count == 2);
    }

    [Fact]
    public async Task A_trial_that_fails_on_every_silo_is_closed_as_failed()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        await sweep.MustPull("c/0");
        var trial = (await sweep.MustPull("a/0")).Trial;
        await sweep.Complete(new() { Spec = sweep.Spec, Trial = trial, Epoch = 1 }, SimulatedWorker.Failure());
        foreach (var (slot, epoch) in (IEnumerable<(string, int)>)[("b/0", 2), ("d/0", 3)])
        {
            var again = await sweep.MustPull(slot);
            Assert.Equal((trial, epoch), (again.Trial, again.Epoch));
            await sweep.Complete(again, SimulatedWorker.Failure());
        }

        Assert.Equal(TrialStatus.Failed, (await sweep.State()).Trials[trial.Number].Status);
    }

    [Fact]
    public async Task What_one_silo_takes_for_bad_input_is_tried_on_each_other_one_before_it_is_believed()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var (first, second) = (await sweep.MustPull("old/0"), await sweep.MustPull("new/0"));
        await sweep.Complete(first, SimulatedWorker.Failure(FailureKind.InvalidInput));
        await sweep.Complete(second);
        Assert.Equal(TrialStatus.Waiting, (await sweep.Trial(first)).Status);
        // The silo of the baseline is gone meanwhile.
        cluster.Time.Advance(Minute);
        var again = await sweep.MustPull("new/0");
        Assert.Equal((first.Trial, 2), (again.Trial, again.Epoch));
        await sweep.Complete(again, SimulatedWorker.Failure(FailureKind.InvalidInput));
        Assert.Equal(TrialStatus.Failed, (await sweep.Trial(first)).Status);
    }

    [Fact]
    public async Task A_silo_that_cannot_write_to_the_store_does_not_pause_a_sweep_that_others_work_at()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var good = await sweep.MustPull("good/0");
        for (int i = 0; i < 2; i++) await sweep.Complete(await sweep.MustPull("broken/0"), SimulatedWorker.Failure(FailureKind.Storage));
        Assert.Equal(SweepStatus.Running, (await sweep.State()).Status);
        await sweep.Complete(good);
        // What one has written clears the others.
        var other = await sweep.MustPull("other/0");
        await sweep.MustPull("good/0");
        await sweep.Complete(other, SimulatedWorker.Failure(FailureKind.Storage));
        Assert.Equal(SweepStatus.Running, (await sweep.State()).Status);
    }

    [Fact]
    public async Task Where_a_second_silo_cannot_write_either_the_sweep_is_paused_with_the_reason_until_it_is_resumed()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var (one, two) = (await sweep.MustPull("a/0"), await sweep.MustPull("b/0"));
        await sweep.MustPull("c/0");
        await sweep.Complete(one, SimulatedWorker.Failure(FailureKind.Storage));
        await sweep.Complete(two, SimulatedWorker.Failure(FailureKind.Storage));
        var state = await sweep.State();
        Assert.Equal((SweepStatus.Paused, "The test says so."), (state.Status, state.StatusReason));
        await sweep.Grain.Resume();
        await sweep.Complete(await sweep.MustPull("a/0"), SimulatedWorker.Failure(FailureKind.Storage));
        Assert.Equal(SweepStatus.Running, (await sweep.State()).Status);
    }

    [Fact]
    public async Task A_silo_that_works_alone_and_cannot_write_pauses_its_sweep()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var (one, _) = (await sweep.MustPull("a/0"), await sweep.MustPull("a/1"));
        await sweep.Complete(one, SimulatedWorker.Failure(FailureKind.Storage));
        Assert.Equal(SweepStatus.Paused, (await sweep.State()).Status);
    }

    /// <summary>So many minutes pass, in which an attempt goes on.</summary>
    private async Task Pass(SimulatedWorker sweep, TrialAssignment attempt, int minutes)
    {
        for (int i = 0; i < minutes * 6; i++)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(LeaseAnswer.Continue, await sweep.Beat(attempt));
        }
    }
}
