using Distributed.Dashboard.Tests.Samples;

namespace Distributed.Dashboard.Tests.Comparing;

public sealed class ComparisonTests
{
    [Fact]
    public void The_area_of_a_front_is_that_of_its_stairs()
    {
        GrowingEdge edge = new();
        edge.Add(0.5, 0.5);
        edge.Add(0.25, 0.25);
        edge.Add(0.6, 0.4);
        edge.Add(0.5, 0.75);
        Assert.Equal(((0.5 - 0.25) * 0.25) + ((1 - 0.5) * 0.75), edge.Area(1, 0), 12);
        Assert.False(edge.Holds(0.5, 0.5));
        Assert.True(edge.Holds(0.5, 0.75));
    }

    [Fact]
    public void A_point_that_is_there_already_changes_nothing()
    {
        GrowingEdge edge = new();
        edge.Add(0.5, 0.5);
        edge.Add(0.5, 0.5);
        Assert.Equal(0.25, edge.Area(1, 0), 12);
    }

    [Fact]
    public void A_hypervolume_never_falls_and_has_a_step_for_each_closed_trial()
    {
        Comparison comparison = new(SampleLog.View(30), SampleLog.View(12));
        var volumes = comparison.Hypervolumes(comparison.First);
        Assert.Equal(comparison.First.Closed.Count, volumes.Count);
        Assert.Equal(volumes.Order(), volumes);
        Assert.True(volumes[^1] > comparison.Hypervolumes(comparison.Second)[^1]);
    }

    [Fact]
    public void A_sweep_equals_itself() => Assert.All(ComparisonRow.Of(new(SampleLog.View(9), SampleLog.View(9)), SampleLog.Start), row => Assert.Equal((row.First, 0), (row.Second, row.Better)));

    [Fact]
    public void Nothing_measured_is_no_picture()
    {
        Comparison comparison = new(SampleLog.View(SampleLog.Of(0).Take(1)), SampleLog.View(SampleLog.Of(0).Take(1)));
        Assert.Null(ComparisonFigures.Fronts(comparison));
        Assert.Null(ComparisonFigures.Hypervolumes(comparison));
        Assert.Contains(ComparisonRow.Of(comparison, SampleLog.Start), row => row is { Name: "Knee", First: "–" });
    }

    [Fact]
    public void Both_fronts_are_in_one_picture() => Assert.Equal(2, ComparisonFigures.Fronts(new(SampleLog.View(30), SampleLog.View(12)))!.Data.Count);
}
