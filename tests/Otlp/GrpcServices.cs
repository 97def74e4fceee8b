using Distributed.Otlp.Wire;
using Grpc.Core;

namespace Distributed.Otlp;

/// <summary>What is done with each export, however it came.</summary>
internal sealed class Sinks
{
    public Action<ExportTraces> Traces { get; set; } = _ => { };

    public Action<ExportMetrics> Metrics { get; set; } = _ => { };

    public Action<ExportLogs> Logs { get; set; } = _ => { };
}

/// <summary>Traces over gRPC.</summary>
internal sealed class GrpcTraces(Sinks sinks) : TraceService.TraceServiceBase
{
    public override Task<Taken> Export(ExportTraces request, ServerCallContext context)
    {
        sinks.Traces(request);
        return Task.FromResult(new Taken());
    }
}

/// <summary>Metrics over gRPC.</summary>
internal sealed class GrpcMetrics(Sinks sinks) : MetricsService.MetricsServiceBase
{
    public override Task<Taken> Export(ExportMetrics request, ServerCallContext context)
    {
        sinks.Metrics(request);
        return Task.FromResult(new Taken());
    }
}

/// <summary>Logs over gRPC.</summary>
internal sealed class GrpcLogs(Sinks sinks) : LogsService.LogsServiceBase
{
    public override Task<Taken> Export(ExportLogs request, ServerCallContext context)
    {
        sinks.Logs(request);
        return Task.FromResult(new Taken());
    }
}
