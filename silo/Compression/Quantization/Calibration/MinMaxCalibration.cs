namespace Distributed.Compression.Quantization;

/// <summary>Cuts nothing off: from the least to the greatest value seen.</summary>
internal sealed class MinMaxCalibration : ICalibration
{
    /// <inheritdoc/>
    public string Name => "min-max";

    /// <inheritdoc/>
    public ValueRange Range(ValueHistogram seen) => new(seen.Low, seen.High);
}
