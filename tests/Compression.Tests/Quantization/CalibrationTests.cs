using CsCheck;
using Distributed.Compression.Quantization;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Quantization;

public sealed class CalibrationTests
{
    private static ValueHistogram Of(params float[] values)
    {
        var histogram = new ValueHistogram();
        histogram.Add(values);
        return histogram;
    }

    private static float[] Normal(int count, ulong seed, bool rectified = false)
    {
        var random = new SeededRandom(seed, "calibration");
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal()).Select(value => rectified ? Math.Max(0, value) : value)];
    }

    [Fact]
    public void A_histogram_does_not_depend_on_order_or_on_the_split_into_batches() => Gen.Select(Gen.Float[-1e4f, 1e4f].Array[1, 200], Gen.Int[1, 50], Gen.Float[1e-6f, 1]).Sample((values, size, factor) =>
    {
        values = [.. values.Select((value, i) => i % 3 == 0 ? value * factor : value)];
        var whole = Of(values);
        var parts = new ValueHistogram();
        foreach (float[] part in values.Reverse().Chunk(size)) parts.Add(part);
        Assert.Equal((whole.Count, whole.Low, whole.High, whole.Width), (parts.Count, parts.Low, parts.High, parts.Width));
        Assert.Equal(whole.Positive.ToArray(), parts.Positive.ToArray());
        Assert.Equal(whole.Negative.ToArray(), parts.Negative.ToArray());
    });

    [Fact]
    public void A_histogram_counts_what_a_plain_count_counts() => Gen.Float[-300, 300].Array[1, 100].Sample(values =>
    {
        var histogram = Of(values);
        for (int i = 0; i < ValueHistogram.MostBins; i++)
        {
            Assert.Equal(values.Count(value => value >= 0 && Math.Floor(value / histogram.Width) == i), histogram.Positive[i]);
            Assert.Equal(values.Count(value => value < 0 && Math.Floor(-value / histogram.Width) == i), histogram.Negative[i]);
        }

        float largest = values.Max(Math.Abs);
        Assert.True(largest < ValueHistogram.MostBins * histogram.Width);
        // Of zeros alone no bin is too wide.
        Assert.True(largest == 0 || largest >= ValueHistogram.MostBins / 2 * histogram.Width);
    }, iter: 20);

    [Fact]
    public void Values_that_are_not_finite_are_not_counted()
    {
        var histogram = Of(1, float.NaN, float.PositiveInfinity, -2);
        Assert.Equal((2, -2f, 1f), (histogram.Count, histogram.Low, histogram.High));
    }

    [Fact]
    public void Min_max_keeps_the_least_and_the_greatest() =>
        Assert.Equal(new ValueRange(-3, 700), new MinMaxCalibration().Range(Of(-3, 0, 1, 1, 700)));

    [Fact]
    public void A_percentile_cuts_the_outliers_of_each_end_to_the_width_of_a_bin()
    {
        float[] values = [.. Enumerable.Range(0, 998).Select(i => i / 500f), 1000, -500];
        var histogram = Of(values);
        var range = new PercentileCalibration(part: 0.0015).Range(histogram);
        Assert.InRange(range.High, 997 / 500.0, (997 / 500.0) + histogram.Width);
        Assert.Equal(0, range.Low);
        Assert.Equal(new ValueRange(-500, 1000), new PercentileCalibration(part: 0.0005).Range(histogram));
    }

    [Fact]
    public void A_percentile_is_that_of_the_sorted_values() => Gen.Select(Gen.Float[-10, 10].Array[20, 300], Gen.Double[0, 0.2]).Sample((values, part) =>
    {
        var histogram = Of(values);
        var range = new PercentileCalibration(part).Range(histogram);
        float[] sorted = [.. values.Order()];
        int beyond = (int)Math.Floor(part * values.Length);
        Assert.InRange(Math.Max(0, sorted[^(beyond + 1)]), range.High - histogram.Width, range.High);
        Assert.InRange(Math.Min(0, sorted[beyond]), range.Low, range.Low + histogram.Width);
    });

    /// <summary>The worked example of Migacz 2017, page "Candidate distribution Q".</summary>
    [Fact]
    public void Bins_are_merged_into_levels_and_spread_over_those_that_are_not_empty() =>
        Assert.Equal([2, 0, 2, 2, 4, 4, 4, 4], EntropyCalibration.Rounded([1, 0, 2, 3, 5, 3, 1, 7], levels: 2));

    /// <summary>Two bins of two kept in one level: P = (1/4, 1/4 + 2/4), Q = (1/2, 1/2).</summary>
    [Fact]
    public void The_divergence_of_a_cut_is_the_hand_computed_one() => Assert.Equal(
        (0.25 * Math.Log(0.5)) + (0.75 * Math.Log(1.5)), EntropyCalibration.Divergence([1, 1, 2], kept: 2, levels: 1), 12);

    [Fact]
    public void A_cut_behind_an_empty_bin_is_ruled_out_when_something_lies_beyond() =>
        Assert.Equal(double.PositiveInfinity, EntropyCalibration.Divergence([4, 4, 0, 1], kept: 3, levels: 2));

    [Fact]
    public void The_entropy_threshold_is_that_of_the_plain_definition() => Gen.Int[0, 40].Array[6, 24].Where(bins => bins[^1] > 0).Sample(counts =>
    {
        long[] bins = [.. counts.Select(count => (long)count)];
        const int levels = 4;
        double[] divergences = [.. Enumerable.Range(levels, bins.Length - levels + 1).Select(kept => Plain(bins, kept, levels))];
        int chosen = EntropyCalibration.Threshold(bins, levels);
        Assert.Equal(divergences.Min(), divergences[chosen - levels], 12);
    });

    [Fact]
    public void Entropy_keeps_a_bulk_and_cuts_a_lonely_outlier()
    {
        float[] values = [.. Normal(100_000, 1), 50];
        var range = new EntropyCalibration().Range(Of(values));
        Assert.InRange(range.High, 3, 10);
        Assert.InRange(range.Low, -6, -3);
    }

    [Fact]
    public void Zeros_of_a_relu_do_not_move_the_entropy_threshold()
    {
        float[] positive = [.. Normal(50_000, 2).Select(Math.Abs)];
        float[] padded = [.. positive, .. new float[500_000]];
        Assert.Equal(new EntropyCalibration().Range(Of(positive)).High, new EntropyCalibration().Range(Of(padded)).High);
    }

    [Theory]
    [InlineData("min-max")]
    [InlineData("percentile")]
    [InlineData("entropy")]
    public void Zeros_alone_give_no_range(string name) => Assert.Equal(new ValueRange(0, 0), Calibrations.Named(name).Range(Of(0, 0)));

    [Fact]
    public void An_unknown_name_is_refused_with_those_that_there_are()
    {
        var error = Assert.Throws<InvalidInputException>(() => Calibrations.Named("mse"));
        Assert.Contains("min-max, percentile, entropy", error.Message, StringComparison.Ordinal);
    }

    /// <summary>P and Q written out as in the paper, no shortcuts.</summary>
    private static double Plain(long[] bins, int kept, int levels)
    {
        double[] p = [.. bins.Take(kept).Select(count => (double)count)];
        p[^1] += bins.Skip(kept).Sum();
        double[] q = new double[kept];
        for (int i = 0; i < kept; i++)
        {
            int level = Enumerable.Range(0, levels).Last(l => l * kept / levels <= i);
            int[] members = [.. Enumerable.Range(0, kept).Where(j => Enumerable.Range(0, levels).Last(l => l * kept / levels <= j) == level)];
            q[i] = bins[i] == 0 ? 0 : members.Sum(j => bins[j]) / (double)members.Count(j => bins[j] > 0);
        }

        (double sumP, double sumQ) = (p.Sum(), q.Sum());
        return Enumerable.Range(0, kept).Where(i => p[i] > 0).Sum(i => q[i] == 0 ? double.PositiveInfinity : p[i] / sumP * Math.Log(p[i] / sumP / (q[i] / sumQ)));
    }
}
