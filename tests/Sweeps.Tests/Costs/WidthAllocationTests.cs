using CsCheck;

namespace Distributed.Sweeps.Tests;

public sealed class WidthAllocationTests
{
    [Fact]
    public void Nothing_asked_is_the_dense_model() => Assert.Equal([16, 32], Widths());

    [Fact]
    public void Every_family_loses_the_ratio_and_is_taken_to_the_nearest_width() => Assert.Equal([8, 16], Widths(("ratio", 0.5)));

    [Fact]
    public void A_familys_own_ratio_comes_first() => Assert.Equal([16, 8], Widths(("ratio", 0.0), ("ratio/b", 0.8)));

    [Fact]
    public void Between_two_widths_the_wider_is_taken() => Assert.Equal([8, 16], Widths(("ratio/a", 0.625), ("ratio/b", 0.625)));

    [Fact]
    public void No_ratio_goes_below_the_least_width() => Assert.Equal([4, 8], Widths(("ratio", 0.99)));

    [Fact]
    public void Global_ranking_takes_the_least_important_of_all() =>
        Assert.Equal([4, 32], Widths(("ratio", 0.25), ("ranking", "global"), ("criterion", "l1")));

    [Fact]
    public void Global_ranking_by_a_criterion_without_scores_is_local() =>
        Assert.Equal(Widths(("ratio", 0.5)), Widths(("ratio", 0.5), ("ranking", "global"), ("criterion", "taylor")));

    [Theory]
    [InlineData("local")]
    [InlineData("global")]
    public void More_to_remove_never_leaves_more(string ranking) => Gen.Select(Gen.Double[0, 0.99], Gen.Double[0, 0.99]).Sample((a, b) =>
    {
        int[] less = Widths(("ratio", Math.Min(a, b)), ("ranking", ranking));
        int[] more = Widths(("ratio", Math.Max(a, b)), ("ranking", ranking));
        return less.Zip(more).All(pair => pair.First >= pair.Second && pair.Second >= 4);
    });

    private static int[] Widths(params (string, ParameterValue)[] values) => WidthAllocation.For(Profiles.Small, Profiles.Candidate(values));
}
