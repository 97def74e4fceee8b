using System.Text.RegularExpressions;

namespace Distributed.Otlp;

/// <summary>What Prometheus calls a metric of OpenTelemetry: characters, unit and kind as its compatibility specification says.</summary>
public static partial class PrometheusName
{
    private static readonly Dictionary<string, string> Units = new()
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["By"] = "bytes",
        ["bytes"] = "bytes",
        ["MB"] = "megabytes",
    };

    /// <summary>The names of a metric's series; a histogram has several.</summary>
    public static IEnumerable<string> Of(ReceivedMetric metric)
    {
        string name = Invalid().Replace(metric.Name, "_");
        string unit = Unit(metric.Unit);
        if (unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal)) name = $"{name}_{unit}";
        return metric.Kind switch
        {
            MetricKind.Histogram => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
            MetricKind.Counter => [name.EndsWith("_total", StringComparison.Ordinal) ? name : $"{name}_total"],
            _ => [name],
        };
    }

    /// <summary>"{thing}" is a comment, what stands after a slash is "per" something.</summary>
    private static string Unit(string unit)
    {
        string[] parts = Comment().Replace(unit, "").Split('/');
        string one = Units.GetValueOrDefault(parts[0], parts[0]);
        if (parts.Length == 1) return one;
        string per = parts[1] == "s" ? "per_second" : $"per_{parts[1]}";
        return one.Length > 0 ? $"{one}_{per}" : per;
    }

    [GeneratedRegex("[^a-zA-Z0-9_]+")]
    private static partial Regex Invalid();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Comment();
}
