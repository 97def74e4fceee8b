namespace Distributed.Sweeps;

/// <summary>What one finished trial cost and what it bought. Never edited.</summary>
[GenerateSerializer, Immutable, Alias("measurement.v1")]
public sealed record Measurement
{
    /// <summary>Top-1 on the validation split, in [0, 1].</summary>
    [Id(0)] public required double Accuracy { get; init; }

    /// <summary>Variance of <see cref="Accuracy"/> from the number of validation images: p(1 − p)/n.</summary>
    [Id(1)] public double AccuracyVariance { get; init; }

    /// <summary>Top-1 on the test split, in [0, 1]. Reported; nothing may choose by it.</summary>
    [Id(2)] public required double TestAccuracy { get; init; }

    /// <summary>Top-1 on the corrupted copy of the validation split, in [0, 1].</summary>
    [Id(3)] public required double CorruptedAccuracy { get; init; }

    /// <summary>The latency of the exported file.</summary>
    [Id(4)] public required LatencyMeasurement Latency { get; init; }

    /// <summary>Multiply-accumulates for one input.</summary>
    [Id(5)] public required long Macs { get; init; }

    /// <summary>Trainable parameters and BatchNormalization statistics.</summary>
    [Id(6)] public required long Parameters { get; init; }

    /// <summary>Size of the exported file.</summary>
    [Id(7)] public required long Bytes { get; init; }

    /// <summary>Size of the exported file after Brotli (quality 6); null in logs of versions that did not measure it.</summary>
    [Id(8)] public long? CompressedBytes { get; init; }

    /// <summary>Which single weights are zero; null where none were taken out.</summary>
    [Id(9)] public SparsityReport? Sparsity { get; init; }

    /// <summary>For an int8 file: its latency ÷ that of the same network in float32, measured in turn; above 1, int8 brought no speed. Null for others.</summary>
    [Id(10)] public double? OverFloat32 { get; init; }

    /// <summary>"int8 is 1.2× slower than its float32 parent", or null where it is not, or is no int8.</summary>
    public string? Warning => OverFloat32 > 1 ? FormattableString.Invariant($"int8 is {OverFloat32:0.##}× slower than its float32 parent") : null;

    /// <summary>The value of a metric, in its natural unit.</summary>
    public double Of(Metric metric) => metric switch
    {
        Metric.Accuracy => Accuracy,
        Metric.CorruptedAccuracy => CorruptedAccuracy,
        Metric.LatencyRatio => Latency.Ratio,
        Metric.LatencyMs => Latency.MedianMs,
        Metric.Macs => Macs,
        Metric.Parameters => Parameters,
        Metric.Bytes => Bytes,
        Metric.CompressedBytes => CompressedBytes ?? double.NaN,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Not a metric."),
    };
}

/// <summary>Latency of a model beside that of the dense model, session by session in turn.</summary>
/// <param name="MedianMs">Median wall time of one batch.</param>
/// <param name="P95Ms">95th percentile; recorded, never optimised.</param>
/// <param name="Ratio">Median over session pairs of model ÷ dense; 1 for the dense model itself.</param>
/// <param name="RatioDeviation">Median absolute deviation of the pairs' ratios.</param>
/// <param name="Load">One-minute load average of the host before the measurement.</param>
/// <param name="Settled">Whether the dense model moved by at most 3 % in the accepted repetition.</param>
/// <param name="Repeats">Repetitions that were thrown away because it moved more.</param>
[GenerateSerializer, Immutable, Alias("latency-measurement.v1")]
public sealed record LatencyMeasurement(
    double MedianMs, double P95Ms, double Ratio, double RatioDeviation, double Load, bool Settled, int Repeats)
{
    /// <summary>How far, of 1, the ratio of one model may lie from measurement to measurement on an idle host.</summary>
    public const double Repeatability = 0.05;

    /// <summary>The largest ratio that a model of a front may have: above it, it is slower than the dense one by more than noise. Where latency is an objective, <see cref="Bounds"/> is stricter.</summary>
    public const double MostOnFront = 1 + Repeatability;
}
