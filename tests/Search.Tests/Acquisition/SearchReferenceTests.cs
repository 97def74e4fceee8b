namespace Distributed.Search.Tests;

public sealed class SearchReferenceTests
{
    private static readonly Objective[] Two = [new(Metric.Macs, Direction.Minimize), new(Metric.Parameters, Direction.Minimize)];

    [Fact]
    public void Given_values_stand() =>
        Assert.Equal([5, 7], SearchReference.Of([Two[0] with { Reference = 5 }, Two[1] with { Reference = 7 }], SearchHistory.Empty, [[1, 1]]));

    [Fact]
    public void With_a_dense_model_it_is_that_of_the_front()
    {
        double[] reference = SearchReference.Of(PruningToy.TwoObjectives, SimulatedSearch.Start, [[-0.9, 0.5]]);

        Assert.Equal([-0.475, 1.1], reference, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Without_one_it_lies_a_tenth_of_the_range_behind_the_front() =>
        Assert.Equal([2.1, 2.1], SearchReference.Of(Two, History([1, 2], [2, 1]), [[1, 2], [2, 1]]), (a, b) => Math.Abs(a - b) < 1e-12);

    [Fact]
    public void A_front_of_one_member_lends_the_range_of_all_trials() =>
        Assert.Equal([5, 5], SearchReference.Of(Two, History([1, 1], [5, 5]), [[1, 1]]));

    private static SearchHistory History(params double[][] losses) => new([.. losses.Select((loss, i) => new Observation(
        new(i + 1), new Candidate([]), new ObservedValues { Accuracy = 0, LatencyRatio = 0, Macs = loss[0], Parameters = loss[1] }))], []);
}
