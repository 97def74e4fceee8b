namespace Distributed.Grains.Tests;

public sealed class WarmStartTests(Cluster cluster) : IClassFixture<Cluster>
{
    [Fact]
    public async Task Trials_of_an_earlier_sweep_teach_and_stay_out_of_front_and_budget()
    {
        var earlier = await Earlier();
        var sweep = await Warm(earlier, "bayesian").WithBaseline();
        await sweep.RunToEnd();
        var state = await sweep.State();

        var warm = Assert.IsType<SweepRecord.WarmStarted>((await sweep.Log())[1].Record);
        Assert.True(warm.SameProblem);
        Assert.Equal((earlier.Spec.Name, 6), (warm.From, warm.Trials.Count));
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Equal(7, state.Trials.Count);
        Assert.All(state.Front, trial => Assert.True(trial.Number < 7));
        Assert.DoesNotContain(state.Trials, trial => trial.Reason is "centre");
        Assert.Contains("expected improvement", state.Trials[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_of_the_sweep_alone_is_needed_to_go_on_with_it()
    {
        var earlier = await Earlier();
        var whole = await Warm(earlier, "bayesian").WithBaseline();
        var alone = await Warm(earlier, "bayesian").WithBaseline();
        await Forget(earlier);
        await whole.RunToEnd();
        await Cluster.Deactivate(alone.Grain);
        await Cluster.Deactivate(cluster.Grains.GetGrain<IOptimizerGrain>(alone.Spec.Name.Value));
        await alone.Grain.Launch(alone.Spec);
        await alone.RunToEnd();

        Assert.Equal(await Suggested(whole), await Suggested(alone));
    }

    [Fact]
    public async Task On_another_dataset_the_candidates_of_the_earlier_front_are_tried_first()
    {
        var earlier = await Earlier();
        var front = (await earlier.State()).Front.Where(trial => !trial.IsDense).ToList();
        var sweep = await Warm(earlier, "sobol", spec => spec with { Dataset = spec.Dataset with { Train = 100 } }).WithBaseline();
        await sweep.RunToEnd();
        var trials = (await sweep.State()).Trials;

        Assert.NotEmpty(front);
        for (int i = 0; i < front.Count; i++)
        {
            Assert.Equal($"on the front of '{earlier.Spec.Name}' (trial {front[i]})", trials[i + 1].Reason);
            Assert.Equal((await earlier.State()).Trials[front[i].Number].Candidate, trials[i + 1].Candidate);
        }
    }

    [Fact]
    public async Task Given_candidates_are_tried_first()
    {
        var sweep = await cluster.NewSweep(spec => spec with { WarmStart = new() { Candidates = [new([new("ratio", 0.5)]), new([new("ratio/first", 0.25), new("learning-rate", 0.01)])] } }).WithBaseline();
        await sweep.RunToEnd();
        var trials = (await sweep.State()).Trials;

        Assert.Equal(["given", "given"], trials.Skip(1).Take(2).Select(trial => trial.Reason));
        Assert.Equal("learning-rate=0.02; ratio/first=0.5; ratio/second=0.5", trials[1].Candidate!.ToString());
        Assert.Equal(7, trials.Count);
    }

    [Fact]
    public async Task An_earlier_sweep_that_is_not_there_is_refused_and_leaves_no_log()
    {
        var sweep = cluster.NewSweep(spec => spec with { WarmStart = new() { Sweep = new("nowhere") } });
        var refusal = await Assert.ThrowsAsync<InvalidInputException>(() => sweep.Grain.Launch(sweep.Spec));

        Assert.Equal("warm-start.sweep", refusal.Place);
        Assert.Empty(await sweep.Log());
    }

    [Theory]
    [InlineData("ratoi", 0.5, "warm-start.candidates[0].ratoi")]
    [InlineData("ratio/first", 0.9, "warm-start.candidates[0].ratio/first")]
    [InlineData("learning-rate", 1.0, "warm-start.candidates[0].learning-rate")]
    public async Task A_given_candidate_that_is_not_of_the_space_is_refused_with_its_path(string name, double value, string place)
    {
        var sweep = cluster.NewSweep(spec => spec with { WarmStart = new() { Candidates = [new([new(name, value)])] } });
        Assert.Equal(place, (await Assert.ThrowsAsync<InvalidInputException>(() => sweep.Grain.Launch(sweep.Spec))).Place);
    }

    [Fact]
    public async Task A_constraint_that_the_families_cannot_keep_ends_the_sweep_with_its_path()
    {
        var sweep = await cluster.NewSweep(spec => spec with
        {
            Space = new([new Parameter.Real("ratio", 0.2, 0.75, PerFamily: true)]) { Constraints = [new SpaceConstraint.Linear([new("ratio/*")], AtMost: 0.3)] },
        }).WithBaseline();
        for (int i = 0; i < 500 && (await sweep.State()).Status == SweepStatus.Running; i++) await sweep.Pull();
        var state = await sweep.State();

        Assert.Equal(SweepStatus.Failed, state.Status);
        Assert.Contains("space-constraints[0]", state.StatusReason, StringComparison.Ordinal);
    }

    private async Task<SimulatedWorker> Earlier()
    {
        var earlier = await cluster.NewSweep().WithBaseline();
        await earlier.RunToEnd();
        return earlier;
    }

    /// <summary>Deletes a sweep's log; its activation lets go of it a little after it was told to.</summary>
    private async Task Forget(SimulatedWorker sweep)
    {
        await Cluster.Deactivate(sweep.Grain);
        for (int i = 0; (await sweep.Log()).Count > 0; i++)
        {
            try
            {
                await cluster.Logs.Delete(sweep.Spec.Name, TestContext.Current.CancellationToken);
            }
            catch (InvalidInputException) when (i < 100_000)
            {
                await Task.Yield();
            }
        }
    }

    private SimulatedWorker Warm(SimulatedWorker earlier, string sampler, Func<SweepSpec, SweepSpec>? change = null) => cluster.NewSweep(spec =>
    {
        var warm = spec with { WarmStart = new() { Sweep = earlier.Spec.Name }, Sampler = new() { Name = sampler }, Seed = 5 };
        return change?.Invoke(warm) ?? warm;
    });

    private static async Task<string[]> Suggested(SimulatedWorker sweep) => [.. (await sweep.State()).Trials.Select(trial => $"{trial.Candidate} {trial.Reason}")];
}
