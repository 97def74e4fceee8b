using Microsoft.Extensions.Options;

namespace Distributed.Grains;

/// <summary>What every sweep of a silo shares.</summary>
/// <param name="Logs">Where the logs are.</param>
/// <param name="Search">The mathematics.</param>
/// <param name="Started">What was launched or resumed in this process.</param>
/// <param name="Settings">Times and limits.</param>
/// <param name="Clock">The time that leases and budgets go by.</param>
/// <param name="Notifier">Tells the outside world.</param>
internal sealed record SweepSurroundings(
    ISweepLogStore Logs, ISweepSearch Search, StartedSweeps Started, IOptions<SweepOptions> Settings, SweepClock Clock, INotifier Notifier)
{
    /// <summary>Times and limits.</summary>
    public SweepOptions Options => Settings.Value;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => Clock.Time.GetUtcNow();
}

/// <summary>The time that sweeps go by; apart from the runtime's own, so that a test can turn it without stopping the runtime.</summary>
/// <param name="Time">The clock.</param>
public sealed record SweepClock(TimeProvider Time);
