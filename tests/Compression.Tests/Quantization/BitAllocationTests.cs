using CsCheck;
using Distributed.Compression.Graph;
using Distributed.Compression.Quantization;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Tests.Training;

namespace Distributed.Compression.Tests.Quantization;

public sealed class BitAllocationTests
{
    private static readonly Gen<(long[] Counts, double[][] Noise, double Mean)> Cases =
        from layers in Gen.Int[1, 5]
        from counts in Gen.Long[1, 50].Array[layers]
        from first in Gen.Double[0.01, 1].Array[layers]
        from mean in Gen.Double[2, 8]
            // Each bit takes three quarters of the noise, as in a uniform quantiser: convex in the bits.
        select (counts, first.Select(noise => Enumerable.Range(0, 7).Select(i => noise * Math.Pow(4, -i)).ToArray()).ToArray(), mean);

    [Fact]
    public void The_mean_is_held_and_nothing_that_fits_is_left() => Cases.Sample(c =>
    {
        int[] bits = BitAllocation.Allocate(c.Counts, c.Noise, c.Mean);
        Assert.All(bits, one => Assert.InRange(one, 2, 8));
        double free = (c.Mean * c.Counts.Sum()) - Used(c.Counts, bits);
        Assert.True(free >= 0);
        for (int i = 0; i < bits.Length; i++) Assert.True(bits[i] == 8 || c.Counts[i] > free);
    });

    /// <summary>Against every allocation that there is: of layers of one size taking bits one by one finds the best.</summary>
    [Fact]
    public void Of_layers_of_one_size_no_other_allocation_has_less_noise() => Cases.Where(c => c.Counts.Length <= 4).Sample(
        c =>
        {
            long[] counts = [.. c.Counts.Select(_ => 10L)];
            double least = Every(counts.Length).Where(bits => Used(counts, bits) <= c.Mean * counts.Sum()).Min(bits => Noise(c.Noise, bits));
            Assert.Equal(least, Noise(c.Noise, BitAllocation.Allocate(counts, c.Noise, c.Mean)), 1e-12);
        },
        iter: 100);

    /// <summary>Lin et al. 2016, equation 21: where every bit takes 6 dB, a layer of four times the noise gets a bit more.</summary>
    [Fact]
    public void A_layer_of_four_times_the_noise_gets_one_bit_more()
    {
        double[][] noise = [.. new[] { 1.0, 4, 16 }.Select(first => Enumerable.Range(0, 7).Select(i => first * Math.Pow(4, -i)).ToArray())];
        Assert.Equal([4, 5, 6], BitAllocation.Allocate([100, 100, 100], noise, 5));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3.5)]
    [InlineData(6)]
    public void The_levels_of_a_network_need_the_bits_that_its_layers_got(double mean)
    {
        var grids = Grids().WithWeightBits(mean, TestContext.Current.CancellationToken);
        var weights = grids.Roundings;
        double bits = weights.Sum(pair => pair.Value.Bits * (double)Count(grids, pair.Key)) / weights.Sum(pair => Count(grids, pair.Key));
        Assert.InRange(bits, mean - 0.5, mean);
        if (mean > 2) Assert.True(weights.Values.Select(rounding => rounding.Bits).Distinct().Count() > 1);
        var file = QdqExport.Write(grids);
        foreach (var (name, rounding) in weights)
        {
            var levels = (IntegerTensor)file.Initializers[$"{name}.q"];
            Assert.Equal(ElementType.Int8, levels.Type);
            Assert.Equal(rounding.Levels, levels.Data.Max(Math.Abs));
        }
    }

    [Fact]
    public void Every_clip_survives_a_checkpoint()
    {
        FloatTensor weights = new([1, 500], [.. Enumerable.Range(0, 500).Select(i => (i - 250) * Math.Abs(i - 250) * 1e-5f)]);
        for (int bits = 2; bits <= 8; bits++)
        {
            double clip = BitAllocation.Best(weights, 0, bits).Rounding.Clip;
            Assert.Equal(clip, (float)clip);
        }
    }

    [Fact]
    public void All_eight_bits_are_the_file_without_a_word_of_bits() =>
        Assert.Equal(OnnxWriter.ToBytes(QdqExport.Write(Grids())), OnnxWriter.ToBytes(QdqExport.Write(Grids().WithWeightBits(8, TestContext.Current.CancellationToken))));

    /// <summary>Half of the largest weight as the end leaves 1 of 4 equal weights wrong by half, and three right: what 2 bits can do best there.</summary>
    [Fact]
    public void An_outlier_does_not_cost_the_others_their_level()
    {
        FloatTensor weights = new([1, 5], [1, 0.5f, -0.5f, 0.5f, -0.5f]);
        var clipped = WeightGrid.Of(weights, 0, null, 1, new(2, 0.5));
        Assert.Equal([0.5f], clipped.Scales);
        Assert.Equal([1, 1, -1, 1, -1], clipped.Quantize(weights).Data);
        Assert.Equal([1, 0, 0, 0, 0], WeightGrid.Of(weights, 0, null, 1, new(2, 1)).Quantize(weights).Data);
    }

    private static QuantizationGrids Grids() =>
        Quantizer.Calibrate(SmallNets.Perturbed(Models.Small("resnet-8")), [Models.Images(8, 5)], new PercentileCalibration(), TestContext.Current.CancellationToken);

    private static int Count(QuantizationGrids grids, string weights) => grids.Scheme.Network.Floats(weights).Data.Length;

    private static double Used(long[] counts, int[] bits) => counts.Zip(bits, (count, one) => (double)count * one).Sum();

    private static double Noise(double[][] noise, int[] bits) => bits.Select((one, i) => noise[i][one - 2]).Sum();

    private static IEnumerable<int[]> Every(int layers) => layers == 0
        ? [[]]
        : Every(layers - 1).SelectMany(rest => Enumerable.Range(2, 7).Select(one => (int[])[.. rest, one]));
}
