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

    /// <summary>How many of <see cref="Known"/>, from the first on, are the sweep's first trials, all of them; 0 where <see cref="Seen"/> is not kept.</summary>
    public int Kept { get; init; }

    /// <summary>The same, by what is kept of the closed trials: nothing is gone through but what lies behind the first open one.</summary>
    public static SearchMoment For(SweepState state, TrialId trial, ClosedTrials closed)
    {
        if (state is not { Profile: { } profile, Spec: { } spec }) return For(state, trial);
        int horizon = spec.Sampler.Horizon;
        int kept = horizon > 0 ? Math.Max(1, trial.Number - horizon + 1) : closed.Count;
        if (kept == 0 || closed.Count < kept || trial.Number < kept) return For(state, trial);
        int end = horizon > 0 ? Math.Min(trial.Number, state.Trials.Count) : state.Trials.Count;
        List<TrialState> behind = [];
        for (int i = kept; i < end; i++) if (i != trial.Number) behind.Add(state.Trials[i]);
        // With a horizon what lies behind counts as open, whatever is known of it.
        List<TrialState> known = horizon > 0 ? [] : behind.FindAll(other => other.IsClosed);
        var pending = known.Count == 0 ? behind : behind.FindAll(other => !other.IsClosed);
        return new(spec, profile, trial, And(closed.First(kept), known), pending, state.WarmStart)
        {
            Kept = kept,
            Seen = And(closed.Seen(kept), known.ConvertAll(Observation.Of)),
        };
    }

    private static IReadOnlyList<T> And<T>(IReadOnlyList<T> first, List<T> more) => more.Count == 0 ? first : [.. first, .. more];

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
