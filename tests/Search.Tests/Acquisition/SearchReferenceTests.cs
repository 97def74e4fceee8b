namespace Distributed.Search.Tests;

public sealed class SearchReferenceTests
{
    private static readonly Objective[] Two = [new(Metric.Macs, Direction.Minimize), new(Metric.Parameters, Direction.Minimize)];

    [Fact]
    public void Given_values_stand() =>
        Assert.Equal([5, 7], SearchReference.Of([Two[0] with { Reference = 5 }, Two[1] with { Reference = 7 }], SearchHistory.Empty, [[1, 1]], 1));

    [Fact]
    public void With_a_dense_model_it_is_that_of_the_front()
    {
        double[] reference = SearchReference.Of(PruningToy.TwoObjectives, SimulatedSearch.Start, [[-0.9, 0.5]], 1);

        Assert.Equal([-0.475, 1.1], reference, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Without_one_it_is_the_worst_that_the_initial_trials_found() =>
        Assert.Equal([5, 7], SearchReference.Of(Two, History([1, 2], [2, 1], [5, 7]), [[1, 2], [2, 1]], 3));

    [Fact]
    public void With_more_trials_it_comes_down_to_a_tenth_of_the_range_behind_the_front()
    {
        var history = History([1, 2], [2, 1], [5, 7], [3, 3]);

        Near([2.1 + (0.0625 * 2.9), 2.1 + (0.0625 * 4.9)], SearchReference.Of(Two, history, [[1, 2], [2, 1]], 2));
        Near([2.1, 2.1], SearchReference.Of(Two, history, [[1, 2], [2, 1]], 0));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(5, true)]
    [InlineData(11, false)] // Nothing new in twelve trials: every sixth.
    [InlineData(14, true)]
    [InlineData(20, true)] // Nor in sixteen: every twelfth.
    [InlineData(26, false)]
    public void Every_third_suggestion_counts_what_lies_far_beyond_the_worst_and_fewer_when_nothing_new_is_found(int inside, bool isOutlook) =>
        Near(isOutlook ? [15, 17] : [2.1, 2.1], SearchReference.Of(Two, Dominated(inside), [[1, 2], [2, 1]], 0));

    [Theory]
    [InlineData(0.9, true)]
    [InlineData(0.99, false)]
    public void A_new_end_is_one_that_lies_a_hundredth_of_the_range_further(double least, bool isOutlook) =>
        Near(isOutlook ? [15, 17] : [2.1, 2.1], SearchReference.Of(Two, Dominated(10, [least, 2]), [[1, 2], [2, 1]], 0));

    [Fact]
    public void A_front_of_one_member_lends_the_range_of_all_trials() =>
        Assert.Equal([5, 5], SearchReference.Of(Two, History([1, 1], [5, 5], [4, 4]), [[1, 1]], 1));

    private static void Near(double[] expected, double[] found) => Assert.Equal(expected, found, (a, b) => Math.Abs(a - b) < 1e-12);

    private static SearchHistory Dominated(int count, params double[][] last) =>
        History([[1, 2], [2, 1], [5, 7], .. Enumerable.Repeat<double[]>([3, 3], count), .. last]);

    private static SearchHistory History(params double[][] losses) => new([.. losses.Select((loss, i) => new Observation(
        new(i + 1), new Candidate([]), new ObservedValues { Accuracy = 0, LatencyRatio = 0, Macs = loss[0], Parameters = loss[1] }))], []);
}
