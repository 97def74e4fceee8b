using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace Distributed.Telemetry;

/// <summary>The telemetry of a process that has no host: a console, an executor.</summary>
internal sealed class ProcessTelemetry : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly OpenTelemetrySdk _sdk;

    private ProcessTelemetry(OpenTelemetrySdk sdk, string role) => (_sdk, Logger) = (sdk, sdk.GetLoggerFactory().CreateLogger($"Distributed.{role}"));

    /// <summary>Writes logs to where traces and metrics go.</summary>
    public ILogger Logger { get; }

    /// <summary>Begins to export; null where the environment names nobody to export to.</summary>
    public static ProcessTelemetry? Start(string role, string instance) =>
        TelemetryPipeline.IsOn ? new(OpenTelemetrySdk.Create(builder => builder.AddDistributed(role, instance)), role) : null;

    /// <summary>Sends what is left, for at most two seconds: a collector that does not answer holds nobody up. The process ends after this.</summary>
    public void Dispose() => Task.Run(_sdk.Dispose).Wait(Patience);
}
