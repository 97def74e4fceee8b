namespace Distributed.Search;

/// <summary>What a closed trial tells the search.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Candidate">What was tried; null for the dense baseline.</param>
/// <param name="Values">Its values when it was completed; null when it was stopped or failed.</param>
/// <param name="Rungs">The rungs that it reached, in order. A stopped trial has at least one.</param>
public sealed record Observation(TrialId Trial, Candidate? Candidate, ObservedValues? Values, IReadOnlyList<RungReport> Rungs)
{
    /// <summary>A completed trial without rungs.</summary>
    public Observation(TrialId trial, Candidate? candidate, ObservedValues values)
        : this(trial, candidate, values, [])
    {
    }

    /// <summary>A closed trial as its log tells it.</summary>
    /// <exception cref="ArgumentException">The trial is not closed.</exception>
    public static Observation Of(TrialState trial) => trial.IsClosed
        ? new(trial.Id, trial.Candidate, trial.Measurement is { } measured ? ObservedValues.Of(measured) : null, trial.Rungs)
        : throw new ArgumentException($"Trial {trial.Id} is not closed.", nameof(trial));
}
