namespace Distributed.Grains;

/// <summary>One living sweep in numbers, and how old they are.</summary>
internal sealed class LiveSweep(SweepId sweep, SweepNumbers numbers, TimeProvider time, Action<LiveSweep> forget) : IDisposable
{
    private long _renewed;
    private int _watchers;

    /// <summary>Its name.</summary>
    public string Name => sweep.Value;

    /// <summary>The hypervolume of its front.</summary>
    public double Hypervolume => numbers.Hypervolume;

    /// <summary>Models on its front.</summary>
    public double FrontSize => numbers.FrontSize;

    /// <summary>Seconds since the front changed; null while the sweep does not run.</summary>
    public double? FrontAge => numbers.Status == SweepStatus.Running ? Since(numbers.FrontChanged) : null;

    /// <summary>Seconds for which the most silent leased attempt has not been heard of; 0 without one.</summary>
    public double LeaseAge => Volatile.Read(ref _renewed) is var ticks and > 0 ? Since(new(ticks, TimeSpan.Zero)) : 0;

    /// <summary>Consoles and pages that follow it.</summary>
    public double Watchers => Volatile.Read(ref _watchers);

    /// <summary>Trials in a state.</summary>
    public int In(TrialStatus state) => numbers.In(state);

    /// <summary>When the most silent leased attempt was last heard of; null without one.</summary>
    public void Heard(DateTimeOffset? oldest) => Volatile.Write(ref _renewed, oldest?.UtcTicks ?? 0);

    /// <summary>Somebody begins to follow it (1), or no longer does (−1).</summary>
    public void Watched(int change) => Interlocked.Add(ref _watchers, change);

    public void Dispose() => forget(this);

    private double Since(DateTimeOffset then) => Math.Max(0, (time.GetUtcNow() - then).TotalSeconds);
}
