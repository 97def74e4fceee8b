namespace Distributed.Compression.Quantization;

/// <summary>How often an activation had which value, over all images seen.</summary>
/// <remarks>
/// Bins are [k · w, (k + 1) · w) with w a power of two, the least for which no more than 4096 bins lie on either side of zero. When a larger
/// value arrives, w doubles and neighbours are added up. So the histogram depends on the values alone, not on their order or on how they
/// were split into batches. Least and greatest value are kept exactly.
/// </remarks>
internal sealed class ValueHistogram
{
    /// <summary>Most bins on either side of zero.</summary>
    public const int MostBins = 4096;

    private const int LeastExponent = -126;
    private readonly long[] _negative = new long[MostBins];
    private readonly long[] _positive = new long[MostBins];
    private int _exponent = LeastExponent;

    /// <summary>Values seen; those that are not finite are not counted.</summary>
    public long Count { get; private set; }

    /// <summary>The least value seen, or 0 before any.</summary>
    public float Low { get; private set; }

    /// <summary>The greatest value seen, or 0 before any.</summary>
    public float High { get; private set; }

    /// <summary>Width of a bin.</summary>
    public double Width => Math.ScaleB(1, _exponent);

    /// <summary>Counts of [0, w), [w, 2w), … .</summary>
    public ReadOnlySpan<long> Positive => _positive;

    /// <summary>Counts of (−w, 0), (−2w, −w], … by absolute value; zero itself is counted as positive.</summary>
    public ReadOnlySpan<long> Negative => _negative;

    /// <summary>Counts values.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        float low = Count == 0 ? float.MaxValue : Low, high = Count == 0 ? float.MinValue : High, largest = 0;
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        if (low > high) return;
        largest = Math.Max(Math.Abs(low), Math.Abs(high));
        while (largest / Width >= MostBins) Double();
        double perWidth = 1 / Width;
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            if (value >= 0) _positive[(int)(value * perWidth)]++;
            else _negative[(int)(-value * perWidth)]++;
            Count++;
        }

        (Low, High) = (low, high);
    }

    private void Double()
    {
        _exponent++;
        Halve(_negative);
        Halve(_positive);
    }

    private static void Halve(long[] bins)
    {
        for (int i = 0; i < MostBins / 2; i++) bins[i] = bins[2 * i] + bins[(2 * i) + 1];
        bins.AsSpan(MostBins / 2).Clear();
    }
}
