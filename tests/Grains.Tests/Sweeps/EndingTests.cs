namespace Distributed.Grains.Tests;

public sealed class EndingTests(Cluster cluster) : IClassFixture<Cluster>
{
    [Fact]
    public async Task A_sweep_finishes_when_all_its_trials_are_closed()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        await sweep.RunToEnd();
        var state = await sweep.State();
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Equal(7, state.Trials.Count(trial => trial.Status == TrialStatus.Completed));
    }

    [Fact]
    public async Task When_the_time_is_used_running_trials_end_and_nothing_more_is_handed_out()
    {
        var sweep = await cluster.NewSweep(spec => spec with { Budget = new() { Time = TimeSpan.FromSeconds(30) } }).WithBaseline();
        var running = await sweep.MustPull("a/0");
        for (int i = 0; i < 4; i++)
        {
            cluster.Time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(LeaseAnswer.Continue, await sweep.Beat(running));
        }

        Assert.Null(await sweep.Pull("a/1"));
        Assert.Equal(SweepStatus.Running, (await sweep.State()).Status);
        await sweep.Complete(running);
        Assert.Equal(SweepStatus.Finished, (await sweep.State()).Status);
    }

    [Fact]
    public async Task A_pause_uses_no_time()
    {
        var sweep = await cluster.NewSweep(spec => spec with { Budget = new() { Time = TimeSpan.FromSeconds(30) } }).WithBaseline();
        await sweep.Grain.Pause("test");
        cluster.Time.Advance(TimeSpan.FromHours(1));
        await sweep.Grain.Resume();
        Assert.NotNull(await sweep.MustPull());
    }

    [Fact]
    public async Task A_sweep_finishes_when_its_epochs_are_used()
    {
        var sweep = await cluster.NewSweep(spec => spec with { Budget = new() { Epochs = 3 } }).WithBaseline();
        await sweep.RunToEnd();
        Assert.Equal(3, (await sweep.State()).Trials.Sum(trial => trial.Epochs));
    }

    [Fact]
    public async Task A_sweep_outlives_any_number_of_silos_on_which_its_optimizer_was()
    {
        var sweep = cluster.NewSweep();
        Exception[] gone = [new SiloUnavailableException("gone"), new OrleansException("forwarding failed"), new TimeoutException("silent"), new OperationCanceledException()];
        cluster.Search.Fail(sweep.Spec.Name, [.. gone, .. gone]);
        await sweep.WithBaseline();
        await sweep.RunToEnd();
        Assert.Equal(0, cluster.Search.Left(sweep.Spec.Name));
        var state = await sweep.State();
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Equal(7, state.Trials.Count);
    }

    [Fact]
    public async Task A_search_that_throws_again_and_again_fails_its_sweep_and_says_what_it_threw()
    {
        var sweep = cluster.NewSweep();
        cluster.Search.Fail(sweep.Spec.Name, Enumerable.Repeat(new InvalidOperationException("The matrix is not positive definite."), 3));
        await sweep.WithBaseline();
        await sweep.RunToEnd();
        var state = await sweep.State();
        Assert.Equal(SweepStatus.Failed, state.Status);
        Assert.Equal("The search cannot go on: The matrix is not positive definite.", state.StatusReason);
    }

    [Fact]
    public async Task A_search_that_throws_twice_is_asked_a_third_time()
    {
        var sweep = cluster.NewSweep();
        cluster.Search.Fail(sweep.Spec.Name, Enumerable.Repeat(new InvalidOperationException("Not now."), 2));
        await sweep.WithBaseline();
        await sweep.RunToEnd();
        Assert.Equal(SweepStatus.Finished, (await sweep.State()).Status);
    }

    [Fact]
    public async Task A_sweep_finishes_when_its_space_is_exhausted()
    {
        var sweep = await cluster.NewSweep(spec => spec with
        {
            Space = new([new Parameter.Categorical("criterion", ["l1", "l2"]), new Parameter.Fixed("ratio", 0.5)]),
            Budget = new() { Trials = 50 },
        }).WithBaseline();
        await sweep.RunToEnd();
        var state = await sweep.State();
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Equal(3, state.Trials.Count);
    }

    [Fact]
    public async Task A_failure_that_may_pass_is_tried_three_times()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var first = await sweep.MustPull();
        await sweep.Complete(first, SimulatedWorker.Failure());
        var second = await sweep.MustPull();
        await sweep.Complete(second, SimulatedWorker.Failure(FailureKind.OutOfMemory));
        Assert.Equal(TrialStatus.Waiting, (await sweep.Trial(second)).Status);
        var third = await sweep.MustPull();
        Assert.Equal((first.Trial, 3), (third.Trial, third.Epoch));
        await sweep.Complete(third, SimulatedWorker.Failure());
        Assert.Equal(TrialStatus.Failed, (await sweep.Trial(third)).Status);
        Assert.Equal(CommitAnswer.Duplicate, await sweep.Complete(first, SimulatedWorker.Failure()));
    }

    [Theory]
    [InlineData(FailureKind.InvalidInput)]
    [InlineData(FailureKind.NotFinite)]
    public async Task A_failure_that_would_come_again_closes_the_trial_at_once(FailureKind kind)
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        await sweep.Complete(lease, SimulatedWorker.Failure(kind));
        Assert.Equal(TrialStatus.Failed, (await sweep.Trial(lease)).Status);
        Assert.Equal(SweepStatus.Running, (await sweep.State()).Status);
    }

    [Fact]
    public async Task A_sweep_without_a_baseline_has_failed_and_says_why()
    {
        var sweep = cluster.NewSweep();
        await sweep.Grain.Launch(sweep.Spec);
        await sweep.Complete(await sweep.MustPull(), SimulatedWorker.Failure(FailureKind.InvalidInput));
        var state = await sweep.State();
        Assert.Equal(SweepStatus.Failed, state.Status);
        Assert.Contains("The test says so.", state.StatusReason);
    }

    [Fact]
    public async Task A_sweep_most_of_whose_trials_fail_is_given_up()
    {
        var sweep = await cluster.NewSweep(spec => spec with { Budget = new() { Trials = 50 } }).WithBaseline();
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(SweepStatus.Running, (await sweep.State()).Status);
            var lease = await sweep.MustPull();
            await sweep.Complete(lease, i < 2 ? null : SimulatedWorker.Failure(FailureKind.NotFinite));
        }

        var state = await sweep.State();
        Assert.Equal(SweepStatus.Failed, state.Status);
        Assert.StartsWith("4 of 6 trials failed", state.StatusReason);
    }

    [Fact]
    public async Task A_watcher_sees_the_whole_log_and_the_end()
    {
        var sweep = cluster.NewSweep();
        await sweep.Grain.Launch(sweep.Spec);
        List<LogEntry> seen = [];
        var watching = Task.Run(async () =>
        {
            await foreach (var happened in sweep.Grain.Watch(0, TestContext.Current.CancellationToken))
            {
                if (happened is SweepEvent.Logged logged) seen.Add(logged.Entry);
            }
        }, TestContext.Current.CancellationToken);
        await sweep.RunToEnd();
        await watching;
        Assert.Equal((await sweep.Log()).Select(SweepJson.Write), seen.Select(SweepJson.Write));
    }

    [Fact]
    public async Task A_trial_tells_its_own_part_of_the_log()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var lease = await sweep.MustPull();
        await sweep.Complete(lease);
        var trial = cluster.Grains.GetGrain<ITrialGrain>($"{sweep.Spec.Name}/{lease.Trial}");
        Assert.Equal(TrialStatus.Completed, (await trial.State())!.Status);
        Assert.Equal(
            [typeof(SweepRecord.Suggested), typeof(SweepRecord.Leased), typeof(SweepRecord.TrialClosed)],
            (await trial.History()).Select(entry => entry.Record.GetType()));
        Assert.Null(await cluster.Grains.GetGrain<ITrialGrain>($"{sweep.Spec.Name}/99").State());
    }
}
