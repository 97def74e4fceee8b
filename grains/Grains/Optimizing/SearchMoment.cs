using Distributed.Search;

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
    /// <summary><see cref="Known"/> as the search sees it, where that is kept; null to see it anew.</summary>
    public IReadOnlyList<Observation>? Seen { get; init; }

    /// <summary>The same, by what is kept of the closed trials: nothing is gone through but what is pending.</summary>
    public static SearchMoment For(SweepState state, TrialId trial, ClosedTrials closed)
    {
        int known = state.Spec is { Sampler.Horizon: > 0 and var horizon } ? Math.Max(1, trial.Number - horizon + 1) : 0;
        if (known == 0 || closed.Count < known || state is not { Profile: { } profile, Spec: { } spec }) return For(state, trial);
        List<TrialState> pending = [];
        for (int i = known; i < Math.Min(trial.Number, state.Trials.Count); i++) pending.Add(state.Trials[i]);
        return new(spec, profile, trial, closed.First(known), pending, state.WarmStart) { Seen = closed.Seen(known) };
    }

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
