using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Workers;

/// <summary>The slots of a silo. Started after the silo and stopped before it, so that leases can be given back.</summary>
internal sealed partial class WorkerService(SlotSurroundings around, ILoggerFactory loggers, ILogger<WorkerService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenSource silent = new();
        using var hurry = stoppingToken.Register(() => _ = KillLate());
        var beats = around.Heartbeats.Run(silent.Token);
        var slotLogger = loggers.CreateLogger<Slot>();
        await Task.WhenAll(around.Options.Slots
            .Select((device, i) => new Slot(around.Options.SlotName(i), device, around, slotLogger).Run(stoppingToken)));
        await silent.CancelAsync();
        await beats;
    }

    /// <summary>An attempt that writes no checkpoint in time is killed; its trial goes on from the last one.</summary>
    private async Task KillLate()
    {
        await Task.Delay(around.Options.DrainLimit, around.Time);
        foreach (var attempt in around.Heartbeats.Attempts)
        {
            LogKilled(attempt.Slot, attempt.Assignment.Trial);
            await attempt.Revoke();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Slot {Slot} was killed while it drained trial {Trial}")]
    private partial void LogKilled(string slot, TrialId trial);
}
