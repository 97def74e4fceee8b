using Distributed.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Distributed.Silo.Telemetry;

/// <summary>Traces, metrics and logs of a silo, sent only where somebody listens.</summary>
internal static class TelemetryRegistration
{
    /// <summary>Exports by OTLP when the standard variables name an endpoint.</summary>
    public static void AddSiloTelemetry(this IServiceCollection services)
    {
        if (!TelemetryPipeline.IsOn) return;
        services.AddOpenTelemetry().AddDistributed("silo", Invariant($"{Environment.MachineName}:{Environment.ProcessId}"));
    }
}
