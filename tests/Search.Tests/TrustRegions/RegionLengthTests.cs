namespace Distributed.Search.Tests;

public sealed class RegionLengthTests
{
    [Fact]
    public void Nothing_tried_leaves_the_first_length() => Assert.Equal(0.8, RegionLength.Of([], 5));

    [Fact]
    public void Three_successes_double_it_and_no_more_than_twice_the_cube()
    {
        double[][] better = [.. Enumerable.Range(0, 9).Select(i => (double[])[9 - i, 9 - i])];

        Assert.Equal(1.6, RegionLength.Of(better[..3], 5));
        Assert.Equal(1.6, RegionLength.Of(better, 5));
    }

    [Fact]
    public void Failures_in_a_row_halve_it_until_it_starts_again()
    {
        double[]?[] Failing(int count) => [[1, 1], .. Enumerable.Repeat<double[]?>(null, count)];

        Assert.Equal(0.8, RegionLength.Of(Failing(9), 5));
        Assert.Equal(0.4, RegionLength.Of(Failing(10), 5));
        Assert.Equal(0.8, RegionLength.Of(Failing(70), 5));
        Assert.Equal(0.4, RegionLength.Of(Failing(20), 20));
    }

    [Fact]
    public void An_equal_trial_is_no_success() => Assert.Equal(0.8, RegionLength.Of([[1, 1], [1, 1], [1, 1]], 5));
}
