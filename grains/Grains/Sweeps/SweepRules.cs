namespace Distributed.Grains;

/// <summary>What may happen next in a sweep, told by its ledger alone. Pure.</summary>
internal static class SweepRules
{
    /// <summary>An attempt that fell silent.</summary>
    public const string LeaseExpired = "lease expired";

    /// <summary>An attempt whose slot came back without it.</summary>
    public const string SlotAsksAnew = "the slot asked for other work";

    private const int LeastClosedToJudge = 6;

    /// <summary>Why nothing more is handed out, or null while there is budget.</summary>
    /// <param name="ledger">The sweep.</param>
    /// <param name="running">How long it has been running since it began or was resumed.</param>
    public static string? BudgetUsed(SweepLedger ledger, TimeSpan running)
    {
        var budget = ledger.Spec.Budget;
        var elapsed = ledger.State.Elapsed + running;
        if (budget.Time is { } time && elapsed >= time) return Invariant($"The time of {time} is used.");
        if (budget.Epochs is { } epochs && ledger.Epochs >= epochs) return Invariant($"The {epochs} epochs are used.");
        if (budget.Trials is { } trials && ledger.Closed >= trials) return Invariant($"All {trials} trials are closed.");
        return null;
    }

    /// <summary>
    /// How many trials may be suggested now. With a horizon H trial k waits until every trial up to k − H is closed; without one, as many
    /// wait as run, and each is suggested when the one before is recorded. Nothing is suggested before the dense baseline is closed, nor
    /// while the sweep seems to stand still, which is asked anew for each trial.
    /// </summary>
    public static int MaySuggest(SweepLedger ledger, StagnationWatch stagnation)
    {
        int next = ledger.State.Trials.Count;
        int left = ledger.Spec.Budget.Trials is { } trials ? trials + 1 - next : int.MaxValue;
        if (left <= 0 || ledger.State.Dense is not { Status: TrialStatus.Completed } || stagnation.Seen(ledger) is not null) return 0;
        int horizon = ledger.Spec.Sampler.Horizon;
        if (horizon <= 0) return ledger.WaitingCount <= ledger.RunningCount ? 1 : 0;
        int allowed = Math.Clamp(ledger.ClosedPrefix + horizon - next, 0, left);
        return ledger.Spec.Budget.Stagnation is null ? allowed : Math.Min(1, allowed);
    }

    /// <summary>Whether an attempt ended without a word: its silo is gone, whatever the reason.</summary>
    public static bool IsLost(SweepRecord.AttemptEnded ended) => ended is { Failure: null, Reason: LeaseExpired or SlotAsksAnew };

    /// <summary>How a trial ends that nobody lives to tell of.</summary>
    public static TrialOutcome.Failed Poisonous(TrialState trial, int lost) => new(FailureKind.ProcessDied, Invariant(
        $"{lost} attempts in a row were lost with their silos and left no checkpoint: {string.Join("; ", trial.Attempts.Select(one => Invariant($"attempt {one.Epoch} at {one.Slot}: {one.Ending}")))}."));

    /// <summary>Whether another attempt can end otherwise. What one silo takes for bad input another may take for good: a version before this one, a file that is not there.</summary>
    /// <param name="kind">How it failed.</param>
    /// <param name="elsewhere">Whether a silo works at the sweep on which the trial has not failed.</param>
    public static bool IsWorthRetrying(FailureKind kind, bool elsewhere) => kind switch
    {
        FailureKind.NotFinite => false,
        FailureKind.InvalidInput => elsewhere,
        _ => true,
    };

    /// <summary>Why the sweep cannot go on, or null.</summary>
    public static string? Hopeless(SweepLedger ledger)
    {
        if (ledger.State.Dense is { Status: TrialStatus.Failed } dense) return $"The dense baseline failed: {dense.Ending}";
        return ledger.Closed >= LeastClosedToJudge && ledger.Failed * 2 > ledger.Closed
            ? Invariant($"{ledger.Failed} of {ledger.Closed} trials failed, the last one so: {ledger.LastFailed?.Ending}")
            : null;
    }

    /// <summary>An outcome that fits the trial and has finite values, or the failure that stands for one that does not.</summary>
    public static TrialOutcome Checked(TrialId trial, TrialOutcome outcome) => outcome switch
    {
        TrialOutcome.Prepared prepared when trial.IsDense => Finite(prepared, prepared.Measurement),
        TrialOutcome.Completed completed when !trial.IsDense => Finite(completed, completed.Measurement),
        TrialOutcome.Stopped when !trial.IsDense => outcome,
        TrialOutcome.Failed => outcome,
        _ => new TrialOutcome.Failed(FailureKind.Unexpected, $"Trial {trial} cannot end as '{outcome.GetType().Name}'."),
    };

    private static TrialOutcome Finite(TrialOutcome outcome, Measurement measurement) =>
        double.IsFinite(measurement.Accuracy) && double.IsFinite(measurement.Latency.Ratio) && double.IsFinite(measurement.Latency.MedianMs)
            ? outcome
            : new TrialOutcome.Failed(FailureKind.NotFinite, Invariant(
                $"Measured accuracy {measurement.Accuracy} and latency ratio {measurement.Latency.Ratio}; both must be finite."));
}
