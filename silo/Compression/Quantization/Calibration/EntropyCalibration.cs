namespace Distributed.Compression.Quantization;

/// <summary>Cuts where the rounded distribution tells least of the loss: the threshold of the smallest Kullback–Leibler divergence.</summary>
/// <remarks>
/// S. Migacz, "8-bit Inference with TensorRT" (GTC 2017). P: the histogram's first i bins, the rest added to the last of them. Q: the same
/// bins without the rest, merged into the levels that a threshold at i has, each level spread evenly over those of its bins that are not
/// empty. The threshold is the end of the i bins for which Σ P · log(P ÷ Q) is least, both normed to 1; Q = 0 where P is not rules i out.
/// Values of both signs are judged by |x| with 128 levels, values of one sign with 256. The bin at zero counts as its neighbour does: a ReLU
/// fills it with zeros, which every grid holds exactly and which would otherwise outweigh all else.
/// </remarks>
internal sealed class EntropyCalibration : ICalibration
{
    private const int LevelsOfOneSign = 256;
    private const int LevelsOfBoth = 128;
    private const int Merged = 2;

    /// <inheritdoc/>
    public string Name => "entropy";

    /// <inheritdoc/>
    public ValueRange Range(ValueHistogram seen)
    {
        long[] bins = new long[ValueHistogram.MostBins / Merged];
        for (int i = 0; i < ValueHistogram.MostBins; i++) bins[i / Merged] += seen.Positive[i] + seen.Negative[i];
        bins[0] = bins[1];
        int last = Array.FindLastIndex(bins, count => count > 0);
        if (last < 0) return new(seen.Low, seen.High);
        int kept = Threshold(bins.AsSpan(0, last + 1), seen.Low < 0 && seen.High > 0 ? LevelsOfBoth : LevelsOfOneSign);
        double threshold = kept * Merged * seen.Width;
        return new(Math.Max(seen.Low, -threshold), Math.Min(seen.High, threshold));
    }

    /// <summary>The number of bins to keep, at least <paramref name="levels"/> where there are so many.</summary>
    internal static int Threshold(ReadOnlySpan<long> bins, int levels)
    {
        (int best, double least) = (bins.Length, double.PositiveInfinity);
        for (int kept = Math.Min(levels, bins.Length); kept <= bins.Length; kept++)
        {
            double divergence = Divergence(bins, kept, levels);
            if (divergence < least) (best, least) = (kept, divergence);
        }

        return best;
    }

    /// <summary>Σ P · log(P ÷ Q) for a threshold behind the first bins.</summary>
    internal static double Divergence(ReadOnlySpan<long> bins, int kept, int levels)
    {
        double[] rounded = Rounded(bins[..kept], levels);
        double outside = 0;
        for (int i = kept; i < bins.Length; i++) outside += bins[i];
        double inside = rounded.Sum();
        double sum = 0;
        for (int i = 0; i < kept; i++)
        {
            double p = (bins[i] + (i == kept - 1 ? outside : 0)) / (inside + outside);
            if (p == 0) continue;
            if (rounded[i] == 0) return double.PositiveInfinity;
            sum += p * Math.Log(p * inside / rounded[i]);
        }

        return sum;
    }

    /// <summary>The bins as they look after rounding to so many levels: each level's counts spread over its bins that are not empty.</summary>
    internal static double[] Rounded(ReadOnlySpan<long> bins, int levels)
    {
        double[] rounded = new double[bins.Length];
        for (int level = 0; level < levels; level++)
        {
            int start = (int)((long)level * bins.Length / levels), end = (int)((level + 1L) * bins.Length / levels);
            (double sum, int filled) = (0, 0);
            for (int i = start; i < end; i++) (sum, filled) = (sum + bins[i], filled + (bins[i] > 0 ? 1 : 0));
            for (int i = start; i < end; i++) rounded[i] = bins[i] > 0 ? sum / filled : 0;
        }

        return rounded;
    }
}
