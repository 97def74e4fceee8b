using Distributed.Otlp.Wire;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Distributed.Otlp;

/// <summary>From messages to what was received.</summary>
internal static class Reading
{
    private const int Error = 2;

    public static IEnumerable<ReceivedSpan> Spans(ExportTraces export) =>
        from resource in export.ResourceSpans
        from scope in resource.ScopeSpans
        from span in scope.Spans
        select new ReceivedSpan(
            Service(resource.Resource),
            scope.Scope?.Name ?? "",
            span.Name,
            Hex(span.TraceId)!,
            Hex(span.SpanId)!,
            Hex(span.ParentSpanId),
            [.. span.Links.Select(link => (Hex(link.TraceId)!, Hex(link.SpanId)!))],
            Texts(span.Attributes),
            span.StartTimeUnixNano,
            span.EndTimeUnixNano,
            span.Status?.Code == Error);

    public static IEnumerable<ReceivedMetric> Metrics(ExportMetrics export) =>
        from resource in export.ResourceMetrics
        from scope in resource.ScopeMetrics
        from metric in scope.Metrics
        from received in Series(Service(resource.Resource), scope.Scope?.Name ?? "", metric)
        select received;

    public static IEnumerable<ReceivedLog> Logs(ExportLogs export) =>
        from resource in export.ResourceLogs
        from scope in resource.ScopeLogs
        from line in scope.LogRecords
        select new ReceivedLog(Service(resource.Resource), scope.Scope?.Name ?? "", line.SeverityText, Text(line.Body), Hex(line.TraceId));

    private static IEnumerable<ReceivedMetric> Series(string service, string meter, Metric metric)
    {
        ReceivedMetric Of(MetricKind kind, RepeatedField<KeyValue> labels, double value, IEnumerable<Exemplar> exemplars) => new(
            service, meter, metric.Name, metric.Unit, kind, Texts(labels), value, [.. exemplars.Select(exemplar => Hex(exemplar.TraceId)).OfType<string>()]);
        if (metric.Histogram is { } histogram) return histogram.DataPoints.Select(point => Of(MetricKind.Histogram, point.Attributes, point.Count, point.Exemplars));
        var numbers = metric.Gauge ?? metric.Sum ?? new();
        var kind = metric.Sum is { IsMonotonic: true } ? MetricKind.Counter : MetricKind.Gauge;
        return numbers.DataPoints.Select(point => Of(kind, point.Attributes, point.AsDouble + point.AsInt, point.Exemplars));
    }

    private static string Service(Resource resource) => Texts(resource.Attributes).GetValueOrDefault("service.name", "");

    private static Dictionary<string, string> Texts(RepeatedField<KeyValue> pairs) => pairs.ToDictionary(pair => pair.Key, pair => Text(pair.Value));

    private static string Text(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => Invariant($"{value.IntValue}"),
        AnyValue.ValueOneofCase.DoubleValue => Invariant($"{value.DoubleValue}"),
        _ => "",
    };

    private static string? Hex(ByteString bytes) => bytes.Length == 0 ? null : Convert.ToHexStringLower(bytes.Span);
}
