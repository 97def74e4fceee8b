namespace Distributed.Search.Tests;

public sealed class SobolSequenceTests
{
    [Fact]
    public void Every_aligned_block_puts_one_point_into_each_interval_of_each_dimension()
    {
        var sequence = new SobolSequence(SobolSequence.Stratified, new(3, "test"));
        foreach (int start in (int[])[0, 64, 192])
        {
            double[][] block = [.. Enumerable.Range(start, 64).Select(i => sequence.At((uint)i))];
            for (int d = 0; d < SobolSequence.Stratified; d++)
                Assert.Equal(Enumerable.Range(0, 64), block.Select(point => (int)(point[d] * 64)).Order());
        }
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(3, 4)]
    [InlineData(5, 2)]
    public void The_first_two_dimensions_are_a_perfect_net(int columns, int rows)
    {
        var sequence = new SobolSequence(2, new(11, "test"));

        var cells = Enumerable.Range(0, 128).Select(i => sequence.At((uint)i)).Select(point => ((int)(point[0] * (1 << columns)), (int)(point[1] * (1 << rows))));

        Assert.All(cells.CountBy(cell => cell), pair => Assert.Equal(128 >> (columns + rows), pair.Value));
    }

    [Fact]
    public void It_integrates_a_smooth_function_far_better_than_random_points()
    {
        const int Points = 1024;
        double Mean(Func<int, double[]> draw) => Enumerable.Range(0, Points).Average(i => draw(i).Aggregate(1.0, (product, x) => product * (1 + (0.5 * (x - 0.5)))));
        var random = new SeededRandom(5, "test");
        var sequence = new SobolSequence(8, new(5, "test"));

        double sobolError = Math.Abs(Mean(i => sequence.At((uint)i)) - 1);
        double randomError = Math.Abs(Mean(_ => [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble())]) - 1);

        Assert.True(sobolError < 1e-3 && sobolError < randomError / 5, Invariant($"sobol {sobolError}, random {randomError}"));
    }

    [Fact]
    public void Dimensions_beyond_the_table_are_still_uniform()
    {
        var sequence = new SobolSequence(140, new(1, "test"));

        for (int d = SobolSequence.Stratified; d < 140; d++)
        {
            double mean = Enumerable.Range(0, 2048).Average(i => sequence.At((uint)i)[d]);
            Assert.InRange(mean, 0.47, 0.53);
        }
    }

    [Fact]
    public void Another_stream_scrambles_otherwise() =>
        Assert.NotEqual(new SobolSequence(3, new(1, "a")).At(1), new SobolSequence(3, new(1, "b")).At(1));
}
