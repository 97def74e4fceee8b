namespace Distributed.Grains;

/// <summary>What may happen next in a sweep, told by its ledger alone. Pure.</summary>
internal static class SweepRules
{
    private const int LeastClosedToJudge = 6;

    /// <summary>Why nothing more is handed out, or null while there is budget.</summary>
    public static string? BudgetUsed(SweepLedger ledger, DateTimeOffset now)
    {
        var budget = ledger.Spec.Budget;
        var state = ledger.State;
        var elapsed = state.Elapsed + (state.RunningSince is { } since ? now - since : TimeSpan.Zero);
        if (budget.Time is { } time && elapsed >= time) return Invariant($"The time of {time} is used.");
        if (budget.Epochs is { } epochs && ledger.Epochs >= epochs) return Invariant($"The {epochs} epochs are used.");
        if (budget.Trials is { } trials && ledger.Closed.Count() >= trials) return Invariant($"All {trials} trials are closed.");
        return null;
    }

    /// <summary>
    /// Whether the next trial may be suggested. With a horizon H trial k waits until every trial up to k − H is closed; without one, as
    /// many wait as run. Nothing is suggested before the dense baseline is closed, nor while the sweep seems to stand still.
    /// </summary>
    public static bool MaySuggest(SweepLedger ledger, StagnationWatch stagnation)
    {
        var state = ledger.State;
        int next = state.Trials.Count;
        if (state.Dense is not { Status: TrialStatus.Completed } || next > (ledger.Spec.Budget.Trials ?? int.MaxValue)) return false;
        if (stagnation.Seen(ledger) is not null) return false;
        int horizon = ledger.Spec.Sampler.Horizon;
        if (horizon <= 0) return state.Trials.Count(trial => trial.Status == TrialStatus.Waiting) <= ledger.Running.Count();
        return state.Trials.Take(Math.Max(0, next - horizon + 1)).All(trial => trial.IsClosed);
    }

    /// <summary>Whether another attempt can end otherwise.</summary>
    public static bool IsWorthRetrying(FailureKind kind) => kind is not (FailureKind.InvalidInput or FailureKind.NotFinite);

    /// <summary>Why the sweep cannot go on, or null.</summary>
    public static string? Hopeless(SweepLedger ledger)
    {
        if (ledger.State.Dense is { Status: TrialStatus.Failed } dense) return $"The dense baseline failed: {dense.Ending}";
        int closed = ledger.Closed.Count();
        var failed = ledger.Closed.Where(trial => trial.Status == TrialStatus.Failed).ToList();
        return closed >= LeastClosedToJudge && failed.Count * 2 > closed
            ? Invariant($"{failed.Count} of {closed} trials failed, the last one so: {failed[^1].Ending}")
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
