using Distributed.Sweeps;

namespace Distributed.Contracts;

/// <summary>Proposes candidates for one sweep and folds its front; keyed by the sweep's name, called by its sweep only.</summary>
/// <remarks>Its state is spec + history, both given by the sweep: losing it loses nothing but the time of a refit.</remarks>
[Alias("optimizer.v1")]
public interface IOptimizerGrain : IGrainWithStringKey
{
    /// <summary>Hands over what was recorded since the last call; entries that it has already are ignored.</summary>
    /// <returns>The position from which it wants entries next; lower than offered after a reactivation.</returns>
    [Alias("observe"), ResponseTimeout("00:00:15")]
    Task<long> Observe(IReadOnlyList<LogEntry> entries);

    /// <summary>The next candidates, for the trials numbered from <paramref name="first"/> on.</summary>
    /// <param name="first">The number of the first.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Those that are found within a moment, at least one; none when the space is exhausted.</returns>
    [Alias("suggest"), ResponseTimeout("00:01:00")]
    Task<IReadOnlyList<SweepRecord.Suggested>> Suggest(TrialId first, int count);

    /// <summary>The front of all completed trials as observed.</summary>
    [Alias("front"), ResponseTimeout("00:00:15")]
    Task<SweepRecord.FrontChanged> Front();

    /// <summary>What to do with a trial at a rung.</summary>
    /// <returns>Null to go on, or why it is given up.</returns>
    [Alias("at-rung"), ResponseTimeout("00:00:15")]
    Task<string?> AtRung(TrialId trial, RungReport report);
}
