namespace Distributed.Grains;

/// <summary>Tells when a sweep's hypervolume stands still (<see cref="BudgetSpec.Stagnation"/>).</summary>
/// <remarks>
/// Let n be the next trial and H the horizon. The sweep stands still when it does so judged by the trials 1 … n − H, and then, once no trial is
/// open, also by 1 … n − 1: while one is pending the watch only holds new suggestions back. Both are judged in the order of the numbers, so that
/// the verdict does not depend on how fast the workers are. A hypervolume of 0 cannot stand still: a sweep that finds nothing within its
/// constraints and its reference point ends after three times the trials. Without a horizon the trials closed before the first open one are judged.
/// </remarks>
internal sealed class StagnationWatch
{
    /// <summary>While nothing counts, a sweep has so many times the trials to find the first that does.</summary>
    private const int Beginnings = 3;
    private readonly FrontFold _front = new();
    private readonly List<double> _hypervolumes = [];

    /// <summary>Why nothing more is suggested now; null while there is progress, or when the sweep does not ask.</summary>
    public string? Seen(SweepLedger ledger)
    {
        if (ledger.State.Spec?.Budget.Stagnation is not { } spec || ledger.State.Dense is not { IsClosed: true }) return null;
        int next = ledger.State.Trials.Count;
        int closed = ledger.ClosedPrefix - 1;
        int horizon = ledger.Spec.Sampler.Horizon;
        string? early = Verdict(ledger, spec, horizon > 0 ? Math.Min(closed, next - horizon) : closed);
        return early is null || closed < next - 1 ? early : Verdict(ledger, spec, closed);
    }

    private string? Verdict(SweepLedger ledger, StagnationSpec spec, int upTo)
    {
        if (upTo <= spec.Trials) return null;
        (double before, double now) = (Hypervolume(ledger, upTo - spec.Trials), Hypervolume(ledger, upTo));
        if (now <= 0) return upTo < Beginnings * spec.Trials ? null : Invariant($"Of {upTo} trials none counts: each breaks a constraint or lies beyond the reference point, and the hypervolume is 0.");
        double gain = (now - before) / now;
        return gain < spec.Gain
            ? Invariant($"The hypervolume stands still: {spec.Trials} trials raised it by {100 * gain:0.##} %, less than {100 * spec.Gain:0.##} %.")
            : null;
    }

    /// <summary>Of the trials up to one before which none is open. Closed trials never change, so each is taken in once.</summary>
    private double Hypervolume(SweepLedger ledger, int upTo)
    {
        while (_hypervolumes.Count <= upTo)
        {
            var trial = ledger.State.Trials[_hypervolumes.Count];
            if (trial is { Status: TrialStatus.Completed, Measurement: { } measurement }) Take(ledger, trial, measurement);
            _hypervolumes.Add(_front.Hypervolume);
        }

        return _hypervolumes[upTo];
    }

    private void Take(SweepLedger ledger, TrialState trial, Measurement measurement) => _front.Take(
        ledger.Spec,
        trial.Id,
        trial.Id.IsDense ? new TrialOutcome.Prepared(measurement, ledger.State.Profile!, trial.Artifacts!) : new TrialOutcome.Completed(measurement, trial.Artifacts!, trial.Epochs));
}
