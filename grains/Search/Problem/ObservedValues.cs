namespace Distributed.Search;

/// <summary>The values of a finished trial that choices may rest on. What was found on the test split is not among them.</summary>
public sealed record ObservedValues
{
    /// <summary>Top-1 on the validation split, in [0, 1].</summary>
    public required double Accuracy { get; init; }

    /// <summary>Variance of <see cref="Accuracy"/>, as far as it is known; 0 when it is not.</summary>
    public double AccuracyVariance { get; init; }

    /// <summary>Top-1 on the corrupted copy of the validation split, in [0, 1].</summary>
    public double CorruptedAccuracy { get; init; }

    /// <summary>Median latency ÷ that of the dense model.</summary>
    public required double LatencyRatio { get; init; }

    /// <summary>Median latency of one batch.</summary>
    public double LatencyMs { get; init; }

    /// <summary>Multiply-accumulates for one input.</summary>
    public double Macs { get; init; }

    /// <summary>Parameters and BatchNormalization statistics.</summary>
    public double Parameters { get; init; }

    /// <summary>Size of the exported file.</summary>
    public double Bytes { get; init; }

    /// <summary>A measurement without what was found on the test split.</summary>
    public static ObservedValues Of(Measurement measurement) => new()
    {
        Accuracy = measurement.Accuracy,
        AccuracyVariance = measurement.AccuracyVariance,
        CorruptedAccuracy = measurement.CorruptedAccuracy,
        LatencyRatio = measurement.Latency.Ratio,
        LatencyMs = measurement.Latency.MedianMs,
        Macs = measurement.Macs,
        Parameters = measurement.Parameters,
        Bytes = measurement.Bytes,
    };

    /// <summary>The value of a metric, in its natural unit.</summary>
    public double Of(Metric metric) => metric switch
    {
        Metric.Accuracy => Accuracy,
        Metric.CorruptedAccuracy => CorruptedAccuracy,
        Metric.LatencyRatio => LatencyRatio,
        Metric.LatencyMs => LatencyMs,
        Metric.Macs => Macs,
        Metric.Parameters => Parameters,
        Metric.Bytes => Bytes,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Not a metric."),
    };
}
