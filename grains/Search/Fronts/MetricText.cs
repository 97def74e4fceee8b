namespace Distributed.Search;

/// <summary>Metrics in sentences.</summary>
internal static class MetricText
{
    public static string Of(Metric metric) => metric switch
    {
        Metric.Accuracy => "accuracy",
        Metric.CorruptedAccuracy => "corrupted accuracy",
        Metric.LatencyRatio => "latency ratio",
        Metric.LatencyMs => "latency in ms",
        Metric.Macs => "MACs",
        Metric.Parameters => "parameters",
        Metric.CompressedBytes => "compressed bytes",
        _ => "bytes",
    };
}
