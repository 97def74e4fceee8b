using Distributed.Compression.Data;

namespace Distributed.Compression.Tests.Data;

public sealed class CorruptionTests
{
    private const int Side = 9;

    /// <summary>Four images of one class: the first for noise, then blur, contrast and brightness.</summary>
    private static ImageSet Of(byte[] image) =>
        new([.. Enumerable.Repeat(image, 4).SelectMany(pixels => pixels)], [0, 0, 0, 0], 1, Side, Side, ["one"]);

    private static byte[] Corrupted(byte[] image, int kind) =>
        Corruption.Of(Of(image), 3).Pixels[(kind * Side * Side)..((kind + 1) * Side * Side)];

    private static byte[] Flat(byte value) => [.. Enumerable.Repeat(value, Side * Side)];

    [Fact]
    public void Noise_has_the_documented_deviation_and_no_bias()
    {
        var large = new ImageSet([.. Enumerable.Repeat((byte)128, 40_000)], [0], 1, 200, 200, ["one"]);
        double[] difference = [.. Corruption.Of(large, 1).Pixels.Select(pixel => (pixel - 128) / 255.0)];
        Assert.InRange(difference.Average(), -0.002, 0.002);
        Assert.InRange(Math.Sqrt(difference.Average(value => value * value)), 0.078, 0.082);
    }

    [Fact]
    public void Blur_keeps_flat_images_and_spreads_a_point_by_the_gaussian()
    {
        Assert.Equal(Flat(77), Corrupted(Flat(77), 1));
        byte[] point = Flat(0);
        point[(4 * Side) + 4] = 255;
        byte[] blurred = Corrupted(point, 1);
        double sum = Enumerable.Range(-3, 7).Sum(k => Math.Exp(-k * k / 0.98));
        Assert.Equal((byte)Math.Round(255 / (sum * sum)), blurred[(4 * Side) + 4]);
        Assert.Equal((byte)Math.Round(255 * Math.Exp(-1 / 0.98) / (sum * sum)), blurred[(4 * Side) + 5]);
    }

    [Fact]
    public void Contrast_keeps_the_mean_and_two_fifths_of_the_distance_from_it()
    {
        byte[] halves = [.. Enumerable.Range(0, Side * Side).Select(i => i == 0 ? (byte)100 : i % 2 == 0 ? (byte)50 : (byte)150)];
        byte[] flat = Corrupted(halves, 2);
        Assert.Equal(80, flat[2]);
        Assert.Equal(120, flat[1]);
    }

    [Fact]
    public void Brightness_adds_to_the_value_and_keeps_the_hue()
    {
        Assert.Equal(Flat(138), Corrupted(Flat(100), 3));
        Assert.Equal(Flat(255), Corrupted(Flat(250), 3));
        Assert.Equal(Flat(38), Corrupted(Flat(0), 3));
        byte[] orange = [.. Enumerable.Repeat(new byte[] { 200, 100, 0 }, 4).SelectMany(pixels => pixels)];
        var images = new ImageSet(orange, [0, 0, 0, 0], 3, 1, 1, ["one"]);
        Assert.Equal([238, 119, 0], Corruption.Of(images, 1).Pixels[9..]);
    }

    [Fact]
    public void Another_seed_changes_the_noise_and_nothing_else()
    {
        var images = Of(Flat(90));
        var (one, other) = (Corruption.Of(images, 1).Pixels, Corruption.Of(images, 2).Pixels);
        Assert.NotEqual(one[..(Side * Side)], other[..(Side * Side)]);
        Assert.Equal(one[(Side * Side)..], other[(Side * Side)..]);
        Assert.Equal(Flat(90), images.Pixels[..(Side * Side)]);
    }
}
