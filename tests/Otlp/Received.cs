namespace Distributed.Otlp;

/// <summary>A span as it came.</summary>
public sealed record ReceivedSpan(
    string Service,
    string Source,
    string Name,
    string Trace,
    string Id,
    string? Parent,
    IReadOnlyList<(string Trace, string Span)> Links,
    IReadOnlyDictionary<string, string> Tags,
    ulong Start,
    ulong End,
    bool IsError)
{
    /// <summary>How long it took.</summary>
    public double Milliseconds => (End - Start) / 1e6;
}

/// <summary>A metric's series as it came, once for every export.</summary>
/// <param name="Service">Who sent it.</param>
/// <param name="Meter">Whose it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Labels">The series.</param>
/// <param name="Value">The number, or the count of a histogram.</param>
/// <param name="Exemplars">Traces that it names as examples.</param>
public sealed record ReceivedMetric(
    string Service, string Meter, string Name, string Unit, MetricKind Kind, IReadOnlyDictionary<string, string> Labels, double Value, IReadOnlyList<string> Exemplars);

/// <summary>What a metric is.</summary>
public enum MetricKind
{
    /// <summary>A number that goes up and down.</summary>
    Gauge,

    /// <summary>A number that only grows.</summary>
    Counter,

    /// <summary>A distribution.</summary>
    Histogram,
}

/// <summary>A line of a log as it came.</summary>
public sealed record ReceivedLog(string Service, string Category, string Severity, string Text, string? Trace);
