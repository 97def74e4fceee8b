namespace Distributed.Sweeps.Tests.Fronts;

public sealed class FrontAxesTests
{
    [Fact]
    public void Latency_is_the_cost_wherever_it_is_an_objective() => Assert.Equal(
        new(Metric.LatencyMs, Metric.CorruptedAccuracy),
        FrontAxes.Of([new(Metric.Macs, Direction.Minimize), new(Metric.CorruptedAccuracy, Direction.Maximize), new(Metric.LatencyMs, Direction.Minimize)]));

    [Fact]
    public void Else_the_first_that_is_to_be_small() => Assert.Equal(
        new(Metric.CompressedBytes, Metric.Accuracy),
        FrontAxes.Of([new(Metric.Accuracy, Direction.Maximize), new(Metric.CompressedBytes, Direction.Minimize), new(Metric.Macs, Direction.Minimize)]));

    [Fact]
    public void One_objective_is_drawn_over_the_latency_ratio() =>
        Assert.Equal(new(Metric.LatencyRatio, Metric.Macs), FrontAxes.Of([new(Metric.Macs, Direction.Minimize)]));

    [Fact]
    public void A_record_of_a_version_with_a_longer_front_joins_at_the_end() =>
        Assert.Equal([new TrialId(0), new(7)], new SweepRecord.FrontMoved(new(7), 3, [], 0.5).After([new(0)]));
}
