using Distributed.Compression.Measuring;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Measuring;

public sealed class QuantumTests
{
    private static LatencySurface Staircase(int block, double height = 1, double noise = 0)
    {
        var grid = WidthGrid.Of(64);
        return new($"s{block}", [16], grid, [.. grid.Select((width, i) => height * (((width + block - 1) / block * block) + (i % 2 * noise)))]);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(8)]
    [InlineData(4)]
    public void Steps_of_a_staircase_are_its_block(int block) => Assert.Equal(block, Quantum.Of([Staircase(block)]));

    [Fact]
    public void A_width_inside_a_block_may_cost_more_than_the_whole_block() =>
        Assert.Equal(16, Quantum.Of([new("trap", [16], WidthGrid.Of(64), [.. WidthGrid.Of(64).Select(width => width % 16 == 0 ? width : width + 20.0)])]));

    [Fact]
    public void The_surfaces_that_take_most_of_the_time_decide() => Assert.Equal(16, Quantum.Of([Staircase(4), Staircase(4), Staircase(16, height: 9)]));

    [Fact]
    public void Small_noise_hides_no_step() => Assert.Equal(8, Quantum.Of([Staircase(8, noise: 0.2)]));

    [Fact]
    public void Nothing_timed_or_nothing_wide_tells_nothing()
    {
        Assert.Equal(1, Quantum.Of([]));
        Assert.Equal(1, Quantum.Of([new("narrow", [1], WidthGrid.Of(8), [.. WidthGrid.Of(8).Select(width => (double)width)])]));
    }
}
