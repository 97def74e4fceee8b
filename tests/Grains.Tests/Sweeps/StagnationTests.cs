using Distributed.Testing;

namespace Distributed.Grains.Tests;

public sealed class StagnationTests : IAsyncLifetime
{
    private SimulatedCluster? _cluster;
    private SimulatedClock? _clock;

    public async ValueTask InitializeAsync() => (_cluster, _clock) = await SimulatedCluster.StartSimulated();

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task A_sweep_whose_hypervolume_stands_still_ends_before_its_budget_and_says_by_how_much()
    {
        var state = await Run("still", new(0.02, 15), SimulatedDevice.Fleet(3));

        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.InRange(state.Trials.Count - 1, 16, 299);
        Assert.Matches("^The hypervolume stands still: 15 trials raised it by [0-9.]+ %, less than 2 %\\.$", state.StatusReason);
        Assert.All(state.Trials, trial => Assert.True(trial.IsClosed));
    }

    [Fact]
    public async Task It_ends_at_the_same_trial_however_many_and_fast_the_devices_are()
    {
        int one = (await Run("one", new(0.02, 15), SimulatedDevice.Fleet(1))).Trials.Count;

        Assert.Equal(one, (await Run("six", new(0.02, 15), SimulatedDevice.Fleet(6, mishaps: 0.1))).Trials.Count);
    }

    [Fact]
    public async Task Without_it_a_sweep_goes_on_to_its_budget() =>
        Assert.Equal(61, (await Run("on", null, SimulatedDevice.Fleet(3), trials: 60)).Trials.Count);

    /// <summary>No network of the simulation is so accurate, not even the dense one.</summary>
    [Fact]
    public async Task A_sweep_in_which_nothing_counts_ends_after_three_times_the_trials()
    {
        var state = await Run("nothing", new(0.02, 5), SimulatedDevice.Fleet(3), constraints: [new(Metric.Accuracy, AtLeast: 0.9999)]);

        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Empty(state.Front);
        Assert.Equal(0, state.Hypervolume);
        Assert.InRange(state.Trials.Count - 1, 15, 30);
        Assert.Matches("^Of [0-9]+ trials none counts: each breaks a constraint", state.StatusReason);
    }

    private async Task<SweepState> Run(string name, StagnationSpec? stagnation, IReadOnlyList<SimulatedDevice> devices, int trials = 300, IReadOnlyList<Constraint>? constraints = null)
    {
        var spec = SimulatedSweepTests.Spec(name, "sobol", trials, horizon: 4) with { Budget = new() { Trials = trials, Stagnation = stagnation }, Constraints = constraints ?? [] };
        var grain = _cluster!.Sweep(spec.Name);
        await new SimulatedSweep(grain, _clock!, new AnalyticTrials(), devices).Run(spec);
        return await SimulatedSweep.Read(grain);
    }
}
