using CsCheck;

namespace Distributed.Search.Tests;

public sealed class NonDominatedTests
{
    [Fact]
    public void It_is_what_comparing_every_pair_finds() =>
        Gen.Int[0, 5].Select(i => (double)i).Array[3].Array[0, 30].Sample(points =>
        {
            int[] expected = [.. Enumerable.Range(0, points.Length).Where(i => !points.Any(other => Losses.Dominates(other, points[i])))];
            return expected.SequenceEqual(NonDominated.Of(points));
        }, iter: 300);

    [Fact]
    public void What_holds_NaN_is_left_out() => Assert.Equal([1], NonDominated.Of([[double.NaN, 0], [1, 1]]));
}
