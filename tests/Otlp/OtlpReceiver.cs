using System.Collections.Concurrent;
using System.Net;
using Distributed.Otlp.Wire;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Distributed.Otlp;

/// <summary>Receives traces, metrics and logs on free ports of loopback, over HTTP and over gRPC, and keeps them.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentQueue<ReceivedMetric> _metrics = new();
    private readonly ConcurrentQueue<ReceivedLog> _logs = new();
    private readonly ConcurrentQueue<byte[]> _bodies = new();
    private readonly WebApplication _server;

    private OtlpReceiver(WebApplication server) => _server = server;

    /// <summary>Where to send to over HTTP.</summary>
    public string Endpoint => Place(OtlpProtocol.Http);

    /// <summary>The spans so far.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. _spans];

    /// <summary>The series so far, again with every export.</summary>
    public IReadOnlyList<ReceivedMetric> Metrics => [.. _metrics];

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<ReceivedLog> Logs => [.. _logs];

    /// <summary>Everything that came over HTTP, as it came.</summary>
    public IReadOnlyList<byte[]> Bodies => [.. _bodies];

    /// <summary>The standard variables that make a process, and those that it starts, send here often, over HTTP.</summary>
    public IReadOnlyDictionary<string, string> Environment => EnvironmentOver(OtlpProtocol.Http);

    /// <summary>The same over either protocol.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentOver(OtlpProtocol protocol) => Variables(Place(protocol), TimeSpan.FromSeconds(0.25), protocol);

    /// <summary>The standard variables that make a process, and those that it starts, send to a place.</summary>
    public static IReadOnlyDictionary<string, string> Variables(string endpoint, TimeSpan interval, OtlpProtocol protocol = OtlpProtocol.Http) => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol == OtlpProtocol.Grpc ? "grpc" : "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = Invariant($"{interval.TotalMilliseconds}"),
        ["OTEL_BSP_SCHEDULE_DELAY"] = Invariant($"{interval.TotalMilliseconds}"),
        ["OTEL_BLRP_SCHEDULE_DELAY"] = Invariant($"{interval.TotalMilliseconds}"),
    };

    /// <summary>Begins to listen.</summary>
    public static async Task<OtlpReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // Without TLS a port speaks one version of HTTP, and gRPC needs the second: what comes in the wrong one is refused, not understood.
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, port => port.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton<Sinks>();
        var server = builder.Build();
        OtlpReceiver receiver = new(server);
        var sinks = server.Services.GetRequiredService<Sinks>();
        sinks.Traces = export => Keep(receiver._spans, Reading.Spans(export));
        sinks.Metrics = export => Keep(receiver._metrics, Reading.Metrics(export));
        sinks.Logs = export => Keep(receiver._logs, Reading.Logs(export));
        server.MapPost("/v1/traces", request => receiver.Take(request, ExportTraces.Parser, sinks.Traces));
        server.MapPost("/v1/metrics", request => receiver.Take(request, ExportMetrics.Parser, sinks.Metrics));
        server.MapPost("/v1/logs", request => receiver.Take(request, ExportLogs.Parser, sinks.Logs));
        server.MapGrpcService<GrpcTraces>();
        server.MapGrpcService<GrpcMetrics>();
        server.MapGrpcService<GrpcLogs>();
        await server.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>The ports in the order in which they were asked for.</summary>
    private string Place(OtlpProtocol protocol) => _server.Urls.ElementAt((int)protocol);

    private static void Keep<T>(ConcurrentQueue<T> queue, IEnumerable<T> received)
    {
        foreach (var one in received) queue.Enqueue(one);
    }

    /// <summary>Takes one export; an empty message, which is what answers mean "all of it", is the answer.</summary>
    private async Task Take<T>(HttpContext context, MessageParser<T> parser, Action<T> keep)
        where T : IMessage<T>
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        byte[] bytes = body.ToArray();
        _bodies.Enqueue(bytes);
        keep(parser.ParseFrom(bytes));
        context.Response.ContentType = "application/x-protobuf";
    }
}
