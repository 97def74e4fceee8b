using System.Reflection;
using Distributed.Contracts;
using Distributed.Silo.Serving;
using Distributed.Silo.Workers;
using Microsoft.Extensions.Hosting;

namespace Distributed.Silo.Reporting;

/// <summary>Tells the cluster every two seconds how this silo is and what its slots run, and that it leaves.</summary>
internal sealed class SiloReporter(IGrainFactory grains, ServeSettings settings, SlotSurroundings around, IHostApplicationLifetime application)
    : BackgroundService
{
    /// <summary>The version of this program.</summary>
    public static readonly string Version =
        typeof(SiloReporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);
    private readonly DateTimeOffset _started = around.Time.GetUtcNow();

    private IClusterGrain Cluster => grains.GetGrain<IClusterGrain>(IClusterGrain.Key);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Try(() => Cluster.Leave(settings.Name));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Try(() => Cluster.Report(Report()));
                await Task.Delay(Beat, around.Time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The last word is said when the silo stops.
        }
    }

    private SiloReport Report()
    {
        var attempts = around.Heartbeats.Attempts.ToLookup(attempt => attempt.Slot);
        return new()
        {
            Name = settings.Name,
            Host = Environment.MachineName,
            Role = settings.Role,
            Version = Version,
            Address = $"{settings.Listen.Advertise}:{settings.Listen.SiloPort}",
            Process = Environment.ProcessId,
            Started = _started,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Cores = Environment.ProcessorCount,
            Draining = application.ApplicationStopping.IsCancellationRequested,
            Slots = [.. settings.Slots.Select((device, i) => Slot(around.Options.SlotName(i), device, attempts))],
        };
    }

    private static SlotReport Slot(string name, Devices.SlotDevice device, ILookup<string, Attempt> attempts) => new()
    {
        Name = name,
        Device = device.Class,
        DeviceName = device.Name,
        MemoryBytes = device.MemoryBytes,
        Work = attempts[name].FirstOrDefault() is { Assignment: var work } attempt
            ? new(work.Spec.Name, work.Trial, work.Epoch, attempt.Phase, attempt.Begun)
            : null,
    };

    /// <summary>A report that is lost is followed by the next.</summary>
    private static async Task Try(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception error) when (UnknownOutcome.IsUnknown(error) || error is ObjectDisposedException)
        {
            // The cluster's grain is moving, or the silo is gone already.
        }
    }
}
