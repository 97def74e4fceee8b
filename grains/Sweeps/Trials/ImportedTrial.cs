namespace Distributed.Sweeps;

/// <summary>A trial of another sweep, as it was when this one began. It teaches; it is never on the front and costs no budget.</summary>
/// <param name="Trial">Its number there.</param>
/// <param name="Candidate">What was tried, with the values that the other sweep's defaults gave it.</param>
/// <param name="Measurement">Its values; null when it was stopped.</param>
/// <param name="Rungs">The rungs that it reached, in order.</param>
[GenerateSerializer, Immutable, Alias("imported-trial.v1")]
public sealed record ImportedTrial(
    [property: Id(0)] TrialId Trial,
    [property: Id(1)] Candidate Candidate,
    [property: Id(2)] Measurement? Measurement,
    [property: Id(3)] IReadOnlyList<RungReport> Rungs);
