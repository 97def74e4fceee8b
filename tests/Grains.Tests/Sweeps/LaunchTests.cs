namespace Distributed.Grains.Tests;

public sealed class LaunchTests(Cluster cluster) : IClassFixture<Cluster>
{
    [Fact]
    public async Task The_dense_baseline_is_the_first_trial_and_nothing_is_suggested_before_it_closes()
    {
        var sweep = cluster.NewSweep();
        await sweep.Grain.Launch(sweep.Spec);
        var first = await sweep.MustPull("a/0");
        Assert.Equal(TrialId.Dense, first.Trial);
        Assert.Null(first.Candidate);
        Assert.Null(await sweep.Pull("a/1"));
    }

    [Fact]
    public async Task Launching_the_same_spec_again_records_nothing()
    {
        var sweep = cluster.NewSweep();
        await sweep.Grain.Launch(sweep.Spec);
        await sweep.Grain.Launch(sweep.Spec);
        Assert.Equal(2, (await sweep.Log()).Count);
    }

    [Fact]
    public async Task Another_spec_under_a_taken_name_is_refused()
    {
        var sweep = cluster.NewSweep();
        await sweep.Grain.Launch(sweep.Spec);
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => sweep.Grain.Launch(sweep.Spec with { Seed = 2 }));
        Assert.Contains("another spec", refusal.Message);
        Assert.Equal(2, (await sweep.Log()).Count);
    }

    [Fact]
    public async Task Bounds_of_one_metric_that_exclude_each_other_are_refused_in_one_entry_or_two()
    {
        foreach (Constraint[] bounds in (Constraint[][])[[new(Metric.Accuracy, AtMost: 0.5, AtLeast: 0.9)], [new(Metric.Accuracy, AtLeast: 0.9), new(Metric.Accuracy, AtMost: 0.5)]])
        {
            var sweep = cluster.NewSweep(spec => spec with { Constraints = bounds });
            var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => sweep.Grain.Launch(sweep.Spec));
            Assert.Equal("constraints.Accuracy", refusal.Place);
        }
    }

    [Fact]
    public async Task A_spec_that_contradicts_itself_is_refused_and_leaves_no_log()
    {
        var sweep = cluster.NewSweep(spec => spec with { Budget = new() });
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => sweep.Grain.Launch(sweep.Spec));
        Assert.Equal("budget", refusal.Place);
        Assert.Empty(await sweep.Log());
    }

    [Fact]
    public async Task A_sweep_that_was_never_launched_cannot_be_paused()
    {
        var sweep = cluster.NewSweep();
        await Assert.ThrowsAsync<InvalidInputException>(() => sweep.Grain.Pause("test"));
        Assert.Empty(await sweep.Grain.Read(0, 10));
        Assert.Null(await sweep.Pull());
    }

    [Fact]
    public async Task Launching_a_paused_sweep_again_goes_on_with_it()
    {
        var sweep = cluster.NewSweep();
        await sweep.Grain.Launch(sweep.Spec);
        await sweep.Grain.Pause("test");
        Assert.Null(await sweep.Pull());
        await sweep.Grain.Launch(sweep.Spec);
        Assert.NotNull(await sweep.Pull());
    }
}
