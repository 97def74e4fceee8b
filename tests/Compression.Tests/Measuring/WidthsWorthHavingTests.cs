using CsCheck;
using Distributed.Compression.Measuring;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Measuring;

public sealed class WidthsWorthHavingTests
{
    /// <summary>One family that is the output of one operator whose cost is a function of its width.</summary>
    private static ModelProfile Profile(int width, Func<int, double> cost)
    {
        var grid = WidthGrid.Of(width);
        return new()
        {
            Families = [new("only", width, [width])],
            Operators = [new() { Name = "conv", Operator = "Conv", Input = new(3, []), Output = new(0, [new(0, 1)]), Surface = "s" }],
            Surfaces = [new("s", [3], grid, [.. grid.Select(cost)])],
            DenseMs = 0.2,
        };
    }

    private static double Blocks(int width, int block) => Math.Ceiling(width / (double)block);

    [Theory]
    [InlineData(16)]
    [InlineData(8)]
    [InlineData(4)]
    public void A_runtime_that_works_in_blocks_gives_multiples_of_its_block(int block)
    {
        var profile = WidthsWorthHaving.Fill(Profile(64, width => 10 * Blocks(width, block)));
        Assert.Equal(Enumerable.Range(1, 64 / block).Select(i => i * block).Where(width => width >= 7), profile.Families[0].Widths);
        Assert.Equal(block, profile.Quantum);
    }

    [Fact]
    public void A_width_between_blocks_that_once_seemed_cheaper_is_no_choice()
    {
        var profile = WidthsWorthHaving.Fill(Profile(64, width => width == 60 ? 35 : 10 * Blocks(width, 16)));
        Assert.Equal([16, 32, 48, 64], profile.Families[0].Widths);
    }

    [Fact]
    public void A_width_that_costs_more_than_a_wider_one_is_dropped() =>
        Assert.Equal([4, 8, 16, 32], WidthsWorthHaving.Of(Profile(32, width => width is 20 or 24 or 28 or 12 ? 50 : width), 0));

    [Fact]
    public void Narrow_layers_keep_several_choices() => Assert.Equal([4, 8, 12, 16], WidthsWorthHaving.Of(Profile(16, width => width), 0));

    [Fact]
    public void Without_times_all_multiples_of_eight_are_kept() =>
        Assert.Equal([8, 16, 24, 32, 36], WidthsWorthHaving.Of(Profile(36, _ => 1) with { Surfaces = [] }, 0));

    [Fact]
    public void Widths_ascend_to_the_dense_one_keep_a_tenth_and_fall_in_cost() =>
        (from width in Gen.Int[1, 700] from seed in Gen.ULong select (width, seed)).Sample(
            it =>
            {
                var random = new SeededRandom(it.seed, "costs");
                var times = WidthGrid.Of(it.width).ToDictionary(width => width, _ => 1 + random.NextDouble());
                var widths = WidthsWorthHaving.Of(Profile(it.width, width => times[width]), 0);
                Assert.Equal(it.width, widths[^1]);
                Assert.True(widths[0] >= Math.Max(1, it.width / 10.0));
                Assert.All(widths.Zip(widths.Skip(1)), pair => Assert.True(pair.First < pair.Second && times[pair.First] < times[pair.Second]));
            },
            iter: 300);

    [Fact]
    public void Grids_ascend_to_the_width_and_stay_small() => Gen.Int[1, 4096].Sample(width =>
    {
        var grid = WidthGrid.Of(width);
        Assert.Equal(width, grid[^1]);
        Assert.InRange(grid.Count, 1, 19);
        Assert.All(grid.Zip(grid.Skip(1)), pair => Assert.True(pair.First < pair.Second));
    });

    [Fact]
    public void The_remainder_brings_the_prediction_of_the_dense_model_to_what_was_measured()
    {
        var profile = Profile(16, width => width).WithRemainder([]);
        Assert.Equal(200, new CostModel(profile).Microseconds([16]), 9);
        Assert.Equal((200 - 8) / 200.0, new CostModel(profile).At([8]).LatencyRatio, 9);
        var larger = (Profile(16, width => width) with { DenseMs = 0.001 }).WithRemainder([]);
        Assert.Equal(0.04 + (0.96 / 2), new CostModel(larger).At([8]).LatencyRatio, 9);
    }
}
