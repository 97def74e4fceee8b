using System.Collections.Immutable;

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

    /// <summary>Variances of other metrics than accuracy, as far as they are known.</summary>
    public IReadOnlyDictionary<Metric, double> Variances { get; init; } = ImmutableDictionary<Metric, double>.Empty;

    /// <summary>Size of the exported file after compression; NaN where it was not measured.</summary>
    public double CompressedBytes { get; init; } = double.NaN;

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
        Variances = VariancesOf(measurement),
        CompressedBytes = measurement.CompressedBytes ?? double.NaN,
    };

    /// <summary>Variance of a metric's value; 0 where it is not known or makes no sense.</summary>
    public double VarianceOf(Metric metric)
    {
        double variance = metric == Metric.Accuracy ? AccuracyVariance : Variances.GetValueOrDefault(metric);
        return double.IsFinite(variance) ? Math.Max(0, variance) : 0;
    }

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
        Metric.CompressedBytes => CompressedBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Not a metric."),
    };

    /// <summary>
    /// Latency: the median of five or more sessions whose deviation is a median absolute one, so π/2 (1.4826 deviation)²/5. Accuracy on the corrupted copy: binomial like that on the split itself, which is as large.
    /// </summary>
    private static ImmutableDictionary<Metric, double> VariancesOf(Measurement measurement)
    {
        (double ratio, double deviation) = (measurement.Latency.Ratio, measurement.Latency.RatioDeviation);
        double spread = measurement.Accuracy * (1 - measurement.Accuracy);
        double corrupted = measurement.CorruptedAccuracy * (1 - measurement.CorruptedAccuracy);
        double variance = 0.5 * Math.PI * 1.4826 * 1.4826 * deviation * deviation / 5;
        double unit = ratio > 0 ? measurement.Latency.MedianMs / ratio : 0;
        return ImmutableDictionary.CreateRange<Metric, double>([
            new(Metric.LatencyRatio, variance),
            new(Metric.LatencyMs, unit * unit * variance),
            new(Metric.CorruptedAccuracy, spread > 0 ? measurement.AccuracyVariance * corrupted / spread : measurement.AccuracyVariance)]);
    }
}
