using System.Collections.Concurrent;
using Distributed.Otlp.Wire;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Distributed.Otlp;

/// <summary>Receives traces, metrics and logs on a free port of loopback, and keeps them.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentQueue<ReceivedMetric> _metrics = new();
    private readonly ConcurrentQueue<ReceivedLog> _logs = new();
    private readonly WebApplication _server;

    private OtlpReceiver(WebApplication server) => _server = server;

    /// <summary>Where to send to.</summary>
    public string Endpoint => _server.Urls.Single();

    /// <summary>The spans so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    /// <summary>The series so far, again with every export.</summary>
    public IReadOnlyList<ReceivedMetric> Metrics => [.. _metrics];

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<ReceivedLog> Logs => [.. _logs];

    /// <summary>The standard variables that make a process, and those that it starts, send here often.</summary>
    public IReadOnlyDictionary<string, string> Environment => Variables(Endpoint, TimeSpan.FromSeconds(0.25));

    /// <summary>The standard variables that make a process, and those that it starts, send to a place.</summary>
    public static IReadOnlyDictionary<string, string> Variables(string endpoint, TimeSpan interval) => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = Invariant($"{interval.TotalMilliseconds}"),
        ["OTEL_BSP_SCHEDULE_DELAY"] = Invariant($"{interval.TotalMilliseconds}"),
        ["OTEL_BLRP_SCHEDULE_DELAY"] = Invariant($"{interval.TotalMilliseconds}"),
    };

    /// <summary>Begins to listen.</summary>
    public static async Task<OtlpReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        OtlpReceiver receiver = new(server);
        server.MapPost("/v1/traces", request => Take(request, ExportTraces.Parser, export => Keep(receiver._spans, Reading.Spans(export))));
        server.MapPost("/v1/metrics", request => Take(request, ExportMetrics.Parser, export => Keep(receiver._metrics, Reading.Metrics(export))));
        server.MapPost("/v1/logs", request => Take(request, ExportLogs.Parser, export => Keep(receiver._logs, Reading.Logs(export))));
        await server.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static void Keep<T>(ConcurrentQueue<T> queue, IEnumerable<T> received)
    {
        foreach (var one in received) queue.Enqueue(one);
    }

    /// <summary>Takes one export; an empty message, which is what answers mean "all of it", is the answer.</summary>
    private static async Task Take<T>(HttpContext context, MessageParser<T> parser, Action<T> keep)
        where T : IMessage<T>
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        keep(parser.ParseFrom(body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
