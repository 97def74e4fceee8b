namespace Distributed.Search.Tests;

public sealed class RegionCentresTests
{
    private static readonly double[][] Front = [[0, 1], [0.01, 0.99], [0.02, 0.98], [0.5, 0.5], [1, 0]];

    [Fact]
    public void They_are_different_members_and_no_more_than_there_are()
    {
        Assert.Equal([0, 1, 2, 3, 4], RegionCentres.Of(Front, 9, new(1, "centres")).Order());
        Assert.Equal([0], RegionCentres.Of([[3, 3]], 3, new(1, "centres")));
    }

    [Fact]
    public void Members_beside_a_gap_are_drawn_more_often()
    {
        var random = new SeededRandom(1, "centres");
        int[] drawn = [.. Enumerable.Range(0, 400).Select(_ => RegionCentres.Of(Front, 1, random)[0])];

        Assert.True(drawn.Count(k => k >= 3) > 8 * drawn.Count(k => k is 1 or 2));
    }
}
