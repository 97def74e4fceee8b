using System.Net;
using Distributed.Silo.Serving;
using Distributed.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Distributed.Silo.Telemetry;

/// <summary>Traces, metrics and logs of a silo, told only where somebody listens.</summary>
internal static class TelemetryRegistration
{
    /// <summary>Exports by OTLP when the standard variables name an endpoint, and serves metrics to Prometheus when a port is set.</summary>
    public static void AddSiloTelemetry(this IServiceCollection services, ServeSettings settings)
    {
        int? port = TelemetryPipeline.IsDisabled ? null : settings.Listen.MetricsPort;
        if (!TelemetryPipeline.IsOn && port is null) return;
        var telemetry = services.AddOpenTelemetry();
        telemetry.AddDistributed("silo", Invariant($"{settings.Name}:{Environment.ProcessId}"));
        if (port is { } served)
            telemetry.WithMetrics(metrics => metrics.AddPrometheusHttpListener(options => Serve(options, settings.Listen.MetricsAddress, served)));
    }

    private static void Serve(PrometheusHttpListenerOptions options, IPAddress address, int port)
    {
        (options.Host, options.Port, options.ScopeInfoEnabled) = (address.Equals(IPAddress.Any) ? "+" : address.ToString(), port, false);
        // On loopback it answers to both names.
        if (IPAddress.IsLoopback(address)) options.ConfigureHttpListener = (_, listener) => listener.Prefixes.Add(Invariant($"http://localhost:{port}/metrics/"));
    }
}
