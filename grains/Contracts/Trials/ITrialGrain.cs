using Distributed.Sweeps;

namespace Distributed.Contracts;

/// <summary>One candidate, keyed "sweep/number": status and history. Never the commit point.</summary>
[Alias("trial.v1")]
public interface ITrialGrain : IGrainWithStringKey
{
    /// <summary>Where it stands, or null when there is no such trial.</summary>
    [Alias("state"), ResponseTimeout("00:00:15")]
    Task<TrialState?> State();

    /// <summary>Its part of the log, in order: suggestion, leases, phases, rungs, checkpoints, closing.</summary>
    [Alias("history"), ResponseTimeout("00:00:15")]
    Task<IReadOnlyList<LogEntry>> History();
}
