namespace Distributed.Sweeps.Tests.Fronts;

public sealed class KneeTests
{
    private static readonly Objective[] Objectives = [new(Metric.Accuracy, Direction.Maximize), new(Metric.LatencyRatio, Direction.Minimize)];

    [Fact]
    public void It_has_the_least_sum_of_scaled_losses() =>
        Assert.Equal("b", Of(("a", 0.9, 1), ("b", 0.8, 0.4), ("c", 0.5, 0.3)));

    [Fact]
    public void Of_equal_ones_it_is_the_best_by_the_first_objective() => Assert.Equal("a", Of(("b", 0.5, 0.5), ("a", 0.9, 1)));

    [Fact]
    public void A_front_of_one_is_its_own_knee_and_an_empty_one_has_none()
    {
        Assert.Equal("a", Of(("a", 0.9, 1)));
        Assert.Null(Of());
    }

    private static string? Of(params (string Name, double Accuracy, double Latency)[] front) => Knee.Of(
        [.. front.Select(member => member.Name)],
        Objectives,
        (name, metric) => front.Single(member => member.Name == name) is var found && metric == Metric.Accuracy ? found.Accuracy : found.Latency);
}
