using Distributed.Sweeps;

namespace Distributed.Contracts;

/// <summary>One sweep, keyed by its name. Owns its log, leases and budget; knows nothing of pruning.</summary>
/// <remarks>Every call may be repeated. None takes longer than a second.</remarks>
[Alias("sweep.v1")]
public interface ISweepGrain : IGrainWithStringKey
{
    /// <summary>Starts the sweep, or goes on with it when it is paused. The same spec on a running or ended sweep changes nothing.</summary>
    /// <exception cref="InvalidInputException">A sweep of this name with another spec exists, or the spec contradicts itself.</exception>
    /// <exception cref="SweepUnavailableException">The log cannot be written now (so of every call that records something).</exception>
    [Alias("launch"), ResponseTimeout("00:00:15")]
    Task Launch(SweepSpec spec);

    /// <summary>Drains running trials to a checkpoint and hands out no more.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep.</exception>
    [Alias("pause"), ResponseTimeout("00:00:15")]
    Task Pause(string reason);

    /// <summary>Goes on after a pause.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep, or it has ended.</exception>
    [Alias("resume"), ResponseTimeout("00:00:15")]
    Task Resume();

    /// <summary>Ends the sweep for good; what is finished stays.</summary>
    /// <exception cref="InvalidInputException">There is no such sweep.</exception>
    [Alias("cancel"), ResponseTimeout("00:00:15")]
    Task Cancel(string reason);

    /// <summary>Gives the sweep another share of the slots from the next trial that is handed out on; null leaves what it has.</summary>
    /// <param name="weight">See <see cref="SweepSpec.Weight"/>.</param>
    /// <param name="priority">See <see cref="SweepSpec.Priority"/>.</param>
    /// <exception cref="InvalidInputException">There is no such sweep, it has ended, or the weight is none.</exception>
    [Alias("set-share"), ResponseTimeout("00:00:15")]
    Task SetShare(double? weight, int? priority);

    /// <summary>The log from a position on, at most so many entries; fold them with <see cref="SweepState"/>. Empty at the end.</summary>
    [Alias("read"), ResponseTimeout("00:00:15")]
    Task<IReadOnlyList<LogEntry>> Read(long from, int limit);

    /// <summary>The log from a position on and, live, what running trials report, until the sweep has ended. Resume with the next position.</summary>
    [Alias("watch")]
    IAsyncEnumerable<SweepEvent> Watch(long from, CancellationToken cancellation = default);

    /// <summary>A slot asks for work.</summary>
    /// <returns>A lease, or null when there is nothing to do now.</returns>
    [Alias("pull"), ResponseTimeout("00:00:15")]
    Task<Lease?> Pull(PullRequest request);

    /// <summary>Renews leases, in one call for all slots of a silo.</summary>
    /// <returns>One answer for each, in order.</returns>
    [Alias("heartbeat"), ResponseTimeout("00:00:15")]
    Task<IReadOnlyList<LeaseAnswer>> Heartbeat(IReadOnlyList<Heartbeat> beats);

    /// <summary>A checkpoint is durable.</summary>
    [Alias("checkpointed"), ResponseTimeout("00:00:15")]
    Task<LeaseAnswer> Checkpointed(TrialId trial, int epoch, Checkpoint checkpoint);

    /// <summary>A trial is at a rung.</summary>
    /// <returns>Null to go on, or why it is given up. The same rung of the same trial always gets the same answer.</returns>
    [Alias("at-rung"), ResponseTimeout("00:00:15")]
    Task<string?> AtRung(TrialId trial, int epoch, RungReport report);

    /// <summary>Commits the end of an attempt, exactly once.</summary>
    [Alias("complete"), ResponseTimeout("00:00:15")]
    Task<CommitAnswer> Complete(TrialId trial, int epoch, TrialOutcome outcome);

    /// <summary>Gives a lease back; the trial goes on elsewhere from its checkpoint.</summary>
    [Alias("release"), ResponseTimeout("00:00:15")]
    Task Release(TrialId trial, int epoch, string reason);
}
