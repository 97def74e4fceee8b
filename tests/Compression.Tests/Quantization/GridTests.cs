using CsCheck;
using Distributed.Compression.Graph;
using Distributed.Compression.Quantization;

namespace Distributed.Compression.Tests.Quantization;

public sealed class GridTests
{
    [Fact]
    public void A_range_of_one_sign_begins_at_zero() => Assert.Equal(new ActivationGrid(0.5f, 0), ActivationGrid.Of(new(10, 127.5)));

    [Fact]
    public void Zero_is_always_a_number_of_the_grid() => Gen.Select(Gen.Int[-100_000, 100_000], Gen.Int[-100_000, 100_000]).Select((a, b) => (a / 1000.0, b / 1000.0)).Where(ends => ends != (0, 0)).Sample((a, b) =>
    {
        var grid = ActivationGrid.Of(new(Math.Min(a, b), Math.Max(a, b)));
        Assert.Equal(0, grid.Round(0));
        (float low, float high) = grid.Ends;
        double half = (grid.Scale / 2) + 1e-5;
        Assert.InRange(low, Math.Min(0, Math.Min(a, b)) - half, Math.Min(0, Math.Min(a, b)) + half);
        Assert.InRange(high, Math.Max(0, Math.Max(a, b)) - half, Math.Max(0, Math.Max(a, b)) + half);
    });

    [Fact]
    public void Rounding_goes_to_the_nearest_number_and_no_further_than_the_ends()
    {
        var grid = new ActivationGrid(0.5f, 10);
        Assert.Equal([-5f, -5f, 0.5f, 1f, 122.5f], new[] { -100f, -5.2f, 0.74f, 0.76f, 1000f }.Select(grid.Round));
    }

    [Fact]
    public void A_range_of_zeros_has_a_scale() => Assert.Equal(new ActivationGrid(1, 0), ActivationGrid.Of(new(0, 0)));

    [Fact]
    public void Every_channel_of_weights_has_a_scale_of_its_own()
    {
        var weights = new FloatTensor([2, 2], [64, -1, 0.32f, 0.64f]);
        var grid = WeightGrid.Of(weights, 0, null, 1, WeightRounding.Full);
        Assert.Equal([1f, 0.01f], grid.Scales);
        Assert.Equal([64, -1, 32, 64], grid.Quantize(weights).Data);
        Assert.Equal([1f, 0.01f], WeightGrid.Of(new([2, 2], [64, 0.32f, -1, 0.64f]), 1, null, 1, WeightRounding.Full).Scales);
    }

    /// <summary>Where it does, a processor without VNNI gives other results than one with it.</summary>
    [Fact]
    public void No_sum_of_two_products_leaves_16_bits() => Assert.InRange(2 * byte.MaxValue * WeightRounding.MostLevels, 1, short.MaxValue);

    [Fact]
    public void A_channel_without_weights_keeps_its_bias()
    {
        var grid = WeightGrid.Of(new FloatTensor([3, 1], [0, 1e-30f, 1e-9f]), 0, [5, 3, 0], 0.1f, WeightRounding.Full);
        var (scales, levels) = grid.QuantizeBias([5, 3, 0], 0.1f);
        Assert.Equal([5.0, 3.0, 0.0], levels.Data.Zip(scales, (level, scale) => level * (double)scale), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.All(levels.Data, level => Assert.InRange(level, int.MinValue, int.MaxValue));
    }
}
