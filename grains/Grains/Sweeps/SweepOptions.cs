namespace Distributed.Grains;

/// <summary>What a sweep does when its grain comes to life and its log says that it was running.</summary>
public enum ReactivationRule
{
    /// <summary>
    /// One machine: it goes on only if it was launched or resumed in this process; otherwise its silo has died, no worker of it can be
    /// alive, and it is recorded as paused since its last record until someone launches or resumes it.
    /// </summary>
    WaitForLaunch,

    /// <summary>A cluster: workers live on elsewhere, so it goes on at once and every open lease gets a full time to live.</summary>
    GoOn,
}

/// <summary>The times and limits of sweeps.</summary>
public sealed class SweepOptions
{
    /// <summary>How long a lease holds after each heartbeat. Default 15 s.</summary>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Attempts of one trial that may fail before it is closed as failed. Default 3.</summary>
    public int Attempts { get; set; } = 3;

    /// <summary>
    /// Attempts of one trial in a row that may be lost without a word and without a new checkpoint, as they are when they take their silo
    /// with them, before it is closed as failed. Default 5.
    /// </summary>
    public int LostAttempts { get; set; } = 5;

    /// <summary>How often leases and the budget of time are looked at. Default 1 s.</summary>
    public TimeSpan Tick { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a log that could not be opened is refused to all who ask before it is tried again. Default 10 s.</summary>
    public TimeSpan Refused { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The same for a log that is damaged: opening it takes it over, which whoever repairs it would stumble over. Default 2 min.</summary>
    public TimeSpan Damaged { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Silence after which a watcher is told that nothing happens. Default 5 s.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a slot that asks for work waits for a suggestion in the making. Default 0.5 s.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Default <see cref="ReactivationRule.WaitForLaunch"/>.</summary>
    public ReactivationRule OnReactivation { get; set; } = ReactivationRule.WaitForLaunch;
}
