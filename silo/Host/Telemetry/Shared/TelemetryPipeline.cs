using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Distributed.Telemetry;

/// <summary>What every process of the system exports, and under which name. The standard OTEL_* variables say where to.</summary>
/// <remarks>One source file for console and silo: neither references the other.</remarks>
internal static class TelemetryPipeline
{
    private static readonly string[] Endpoints =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    ];

    /// <summary>Whether somebody is named to whom it is sent, and OTEL_SDK_DISABLED does not say otherwise.</summary>
    public static bool IsOn => !IsDisabled && Endpoints.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });

    /// <summary>Whether OTEL_SDK_DISABLED is true.</summary>
    public static bool IsDisabled => string.Equals(Environment.GetEnvironmentVariable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds our sources, meters and logs, and those of Orleans.</summary>
    /// <param name="builder">The SDK of a process.</param>
    /// <param name="role">client, silo or executor: the service is distributed-ROLE unless OTEL_SERVICE_NAME says otherwise.</param>
    /// <param name="instance">What tells the process from its like.</param>
    public static IOpenTelemetryBuilder AddDistributed(this IOpenTelemetryBuilder builder, string role, string instance)
    {
        builder.ConfigureResource(resource => resource
            .AddService($"distributed-{role}", "distributed", Version, autoGenerateServiceInstanceId: false, instance)
            .AddAttributes([new("distributed.role", role)])
            .AddEnvironmentVariableDetector());
        builder.WithTracing(tracing => tracing
            .AddSource("Distributed.*", "Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime")
            .AddProcessor(new QuietCalls()));
        builder.WithMetrics(metrics => metrics
            .AddMeter("Distributed.*", "Microsoft.Orleans", "System.Runtime")
            .SetExemplarFilter(ExemplarFilterType.TraceBased));
        builder.WithLogging(null, logs => logs.IncludeFormattedMessage = true);
        if (IsOn) builder.UseOtlpExporter();
        return builder;
    }

    private static string? Version =>
        typeof(TelemetryPipeline).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
