namespace Distributed.Grains;

/// <summary>What a decision about one trial may be based on.</summary>
/// <param name="Spec">The sweep.</param>
/// <param name="Profile">The dense model's profile.</param>
/// <param name="Trial">The trial that is decided about.</param>
/// <param name="Known">Trials whose results may be used: closed ones; without a horizon, at a rung, running ones with their rungs too.</param>
/// <param name="Pending">Trials of which only the candidate may be used.</param>
/// <param name="Imported">What the sweep took from an earlier one, or null.</param>
internal sealed record SearchMoment(
    SweepSpec Spec, ModelProfile Profile, TrialId Trial, IReadOnlyList<TrialState> Known, IReadOnlyList<TrialState> Pending,
    SweepRecord.WarmStarted? Imported = null)
{
    /// <summary>
    /// The determinism rule (<see cref="SamplerSpec.Horizon"/>): with a horizon H the decision about trial k uses the results of the
    /// trials up to k − H and only the candidates of those between, however much is known already; without one, whatever is known.
    /// </summary>
    public static SearchMoment For(SweepState state, TrialId trial)
    {
        if (state.Spec is not { } spec || state.Profile is not { } profile)
            throw new InvalidOperationException("Nothing is decided before the dense baseline is closed.");
        int horizon = spec.Sampler.Horizon;
        var others = state.Trials.Where(other => horizon > 0 ? other.Id < trial : other.Id != trial);
        bool IsKnown(TrialState other) => other.IsClosed && (horizon <= 0 || other.Id.Number <= trial.Number - horizon || other.Id.IsDense);
        return new(spec, profile, trial, [.. others.Where(IsKnown)], [.. others.Where(other => !IsKnown(other))], state.WarmStart);
    }
}
