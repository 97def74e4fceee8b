namespace Distributed.Compression.Quantization;

/// <summary>Cuts off the outermost values: one in ten thousand at each end that has a sign of its own.</summary>
/// <param name="part">The part of all values that may lie beyond one end.</param>
internal sealed class PercentileCalibration(double part = 1e-4) : ICalibration
{
    /// <inheritdoc/>
    public string Name => "percentile";

    /// <inheritdoc/>
    public ValueRange Range(ValueHistogram seen) => new(
        Math.Max(seen.Low, -End(seen.Negative, seen)),
        Math.Min(seen.High, End(seen.Positive, seen)));

    /// <summary>The outer edge of the outermost bin that must stay; 0 where none must.</summary>
    private double End(ReadOnlySpan<long> side, ValueHistogram seen)
    {
        double beyond = 0;
        for (int i = side.Length - 1; i >= 0; i--)
        {
            beyond += side[i];
            if (beyond > part * seen.Count) return (i + 1) * seen.Width;
        }

        return 0;
    }
}
