namespace Distributed.Search.Tests;

public sealed class AttainmentAnalyzerTests
{
    private static readonly IReadOnlyList<Objective> Objectives = [new(Metric.Accuracy, Direction.Maximize), new(Metric.LatencyRatio, Direction.Minimize)];

    [Fact]
    public void Of_three_sweeps_the_best_the_middle_and_the_common_are_told_in_natural_units()
    {
        var told = AttainmentAnalyzer.Of(new(Objectives, [[[0.8, 0.5], [0.9, 1]], [[0.7, 0.5], [0.95, 1]], [[0.85, 0.75]]]));
        Assert.Equal([1, 2, 3], told.Surfaces.Select(surface => surface.Reached));
        Assert.Equal([new(0.8, 0.5), new(0.85, 0.75), new(0.95, 1)], told.Surfaces[0].Corners);
        Assert.Equal([new(0.7, 0.5), new(0.8, 0.75), new(0.9, 1)], told.Surfaces[1].Corners);
        Assert.Equal([new(0.7, 0.75), new(0.85, 1)], told.Surfaces[2].Corners);
    }

    [Fact]
    public void Two_sweeps_have_two_surfaces_and_a_sweep_without_a_front_reaches_nothing()
    {
        var told = AttainmentAnalyzer.Of(new(Objectives, [[[0.8, 0.5]], []]));
        Assert.Equal([1, 2], told.Surfaces.Select(surface => surface.Reached));
        Assert.Equal([new(0.8, 0.5)], told.Surfaces[0].Corners);
        Assert.Empty(told.Surfaces[1].Corners);
    }
}
