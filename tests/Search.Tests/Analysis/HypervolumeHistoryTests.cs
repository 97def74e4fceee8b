namespace Distributed.Search.Tests;

public sealed class HypervolumeHistoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_is_the_fronts_hypervolume_after_each_trial(int count)
    {
        Objective[] objectives = [.. PruningToy.ThreeObjectives.Take(count).Select((objective, i) => objective with { Reference = (double[])[0.4, 1, 0.2] is var all ? all[i] : 0 })];
        Constraint[] constraints = [new(Metric.Accuracy, AtLeast: 0.6)];
        var trials = SimulatedSearch.Run(Samplers.Find("random"), SimulatedSearch.Problem(), 30).Closed;

        var history = HypervolumeHistory.Of(objectives, constraints, trials);

        Assert.All(Enumerable.Range(0, trials.Count), i => Assert.Equal(Front.Of(objectives, constraints, trials.Take(i + 1)).Hypervolume, history[i], 1e-12));
        Assert.True(history[^1] > history[3]);
    }
}
