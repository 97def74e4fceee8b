namespace Distributed.Grains.Tests;

public sealed class DeterminismTests(Cluster cluster) : IClassFixture<Cluster>
{
    [Theory]
    [InlineData("sobol", 4)]
    [InlineData("bayesian", 4)]
    [InlineData("bayesian", 2)]
    public async Task Workers_of_another_number_speed_and_order_get_the_same_candidates(string sampler, int horizon)
    {
        var one = await Candidates(sampler, horizon, slots: 1, seed: 1);
        Assert.Equal(15, one.Count);
        Assert.Equal(one, await Candidates(sampler, horizon, slots: 2, seed: 2));
        Assert.Equal(one, await Candidates(sampler, horizon, slots: 5, seed: 3));
    }

    [Fact]
    public async Task An_interruption_changes_no_candidate()
    {
        var whole = await Candidates("bayesian", 4, slots: 2, seed: 1);
        Assert.Equal(whole, await Candidates("bayesian", 4, slots: 2, seed: 4, interrupt: true));
    }

    [Fact]
    public async Task Suggestions_wait_for_slots_and_not_slots_for_suggestions()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var running = await sweep.MustPull();
        for (int i = 0; i < 500 && (await sweep.State()).Trials.Count < 5; i++) await Task.Yield();
        var state = await sweep.State();
        Assert.Equal(1, running.Trial.Number);
        Assert.Equal(4, state.Trials.Count(trial => !trial.Id.IsDense));
        Assert.Equal(3, state.Trials.Count(trial => trial.Status == TrialStatus.Waiting));
    }

    /// <summary>Runs a sweep whose slots end in an order of chance.</summary>
    private async Task<List<string>> Candidates(string sampler, int horizon, int slots, ulong seed, bool interrupt = false)
    {
        SeededRandom chance = new(seed, "order");
        var sweep = await cluster.NewSweep(spec => spec with
        {
            Sampler = new() { Name = sampler, Horizon = horizon },
            Budget = new() { Trials = 14 },
        }).WithBaseline();
        List<TrialAssignment> running = [];
        while ((await sweep.State()).Status == SweepStatus.Running)
        {
            for (int slot = 0; slot < slots; slot++)
            {
                if (running.Count < slots && await sweep.Pull(Invariant($"{chance.NextBits()}/0")) is { } lease) running.Add(lease);
            }

            if (interrupt && chance.Next(3) == 0) await Cluster.Deactivate(chance.Next(2) == 0 ? sweep.Grain : cluster.Grains.GetGrain<IOptimizerGrain>(sweep.Spec.Name.Value));
            if (running.Count == 0) continue;
            var ended = running[chance.Next(running.Count)];
            running.Remove(ended);
            await sweep.Complete(ended);
        }

        return [.. (await sweep.State()).Trials.Select(trial => $"{trial.Candidate} {trial.Reason}")];
    }
}
