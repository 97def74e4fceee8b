using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Distributed.Silo.Telemetry;

/// <summary>Traces and metrics, sent only where somebody listens.</summary>
internal static class TelemetryRegistration
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Exports by OTLP when the standard variable names an endpoint; the other OTEL_* variables work as usual.</summary>
    public static void AddSiloTelemetry(this IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint))) return;
        services.AddOpenTelemetry()
            .WithTracing(tracing => tracing
                .AddSource("Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application", "Distributed.*")
                .AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter("Microsoft.Orleans", "Distributed.*").AddOtlpExporter());
    }
}
