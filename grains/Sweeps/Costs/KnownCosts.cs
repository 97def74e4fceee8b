namespace Distributed.Sweeps;

/// <summary>What a candidate will cost, told before any training.</summary>
/// <param name="LatencyRatio">Predicted median latency ÷ that of the dense model; NaN where only measuring can tell it.</param>
/// <param name="LatencyMs">Predicted median latency; NaN likewise.</param>
/// <param name="Macs">Exact.</param>
/// <param name="Parameters">Exact.</param>
/// <param name="Bytes">Exact up to the few bytes of the graph.</param>
[GenerateSerializer, Immutable, Alias("known-costs.v1")]
public sealed record KnownCosts(double LatencyRatio, double LatencyMs, long Macs, long Parameters, long Bytes)
{
    /// <summary>Stands for a size that only the trial can tell.</summary>
    internal const long UnknownBytes = -1;

    /// <summary>The value of a metric, or null when only training can tell it.</summary>
    public double? Of(Metric metric) => metric switch
    {
        Metric.LatencyRatio => double.IsNaN(LatencyRatio) ? null : LatencyRatio,
        Metric.LatencyMs => double.IsNaN(LatencyMs) ? null : LatencyMs,
        Metric.Macs => Macs,
        Metric.Parameters => Parameters,
        Metric.Bytes => Bytes == UnknownBytes ? null : Bytes,
        _ => null,
    };
}
