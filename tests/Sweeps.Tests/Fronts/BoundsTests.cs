namespace Distributed.Sweeps.Tests.Fronts;

public sealed class BoundsTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.6, 0.2)]
    [InlineData(0.1, 0.5)]
    public void A_violation_is_relative_to_its_bound(double value, double expected) =>
        Assert.Equal(expected, Bounds.Violation(new Constraint(Metric.LatencyRatio, AtMost: 0.5, AtLeast: 0.2), value), 1e-12);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_keeps_no_bound(double value) =>
        Assert.Equal(double.PositiveInfinity, Bounds.Violation([new(Metric.LatencyRatio, AtMost: 0.5)], _ => value));

    [Theory]
    [InlineData(Metric.LatencyMs, Direction.Minimize, 1)]
    [InlineData(Metric.LatencyRatio, Direction.Minimize, 1)]
    [InlineData(Metric.LatencyRatio, Direction.Maximize, 0)]
    [InlineData(Metric.Macs, Direction.Minimize, 0)]
    public void The_dense_latency_is_a_bound_where_latency_is_to_be_small(Metric metric, Direction direction, int bounds) =>
        Assert.Equal(bounds, Bounds.Of([new(metric, direction)], []).Count);
}
