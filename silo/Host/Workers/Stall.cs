namespace Distributed.Silo.Workers;

/// <summary>An attempt in which nothing moved any more.</summary>
/// <param name="Phase">What it was doing; null when it had not said.</param>
/// <param name="Still">How long nothing moved.</param>
internal sealed record Stall(TrialPhase? Phase, TimeSpan Still)
{
    /// <summary>How the attempt ended: as with an executor that died by itself, so that the trial is tried again.</summary>
    /// <param name="attempt">Which.</param>
    /// <param name="slot">Where.</param>
    /// <param name="said">What its executor last said.</param>
    public TrialOutcome.Failed ToOutcome(TrialAssignment attempt, string slot, string said) => new(FailureKind.ProcessDied, Invariant(
        $"The executor of slot {slot} on host {Environment.MachineName} hung and was killed: in trial {attempt.Trial} of sweep {attempt.Spec.Name} nothing moved for {Still.TotalMinutes:0.#} min, {PhaseText}. ") +
        "Look at that host's driver, device and mounts. If one step takes longer there, raise StallLimit (serve --stall-limit). " + said);

    /// <summary>The phase in words.</summary>
    public string PhaseText => Phase is { } phase ? $"in phase {phase}" : "before its first phase";
}
