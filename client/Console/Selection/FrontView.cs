namespace Distributed.Client.Selection;

/// <summary>The models that a sweep found, as they are shown and handed out.</summary>
/// <param name="Models">The front's trials, the cheapest first by <see cref="Axes"/>: with a latency objective, the fastest.</param>
/// <param name="Others">Completed trials that are not on it, the dense baseline left out, by number.</param>
/// <param name="Dense">The dense baseline, or null before it is measured.</param>
/// <param name="Knee">The front's knee, or null when it is empty.</param>
/// <param name="Nearest">Where no trial meets every constraint: the one that misses them least; else null.</param>
/// <param name="Spec">The sweep's; null before it is known.</param>
internal sealed record FrontView(
    IReadOnlyList<TrialState> Models,
    IReadOnlyList<TrialState> Others,
    TrialState? Dense,
    TrialState? Knee,
    TrialState? Nearest,
    SweepSpec? Spec = null)
{
    /// <summary>What it is drawn over.</summary>
    public FrontAxes Axes => AxesOf(Spec);

    /// <summary>Whether the sweep asks for a metric, as an objective or within bounds.</summary>
    public bool Asks(Metric metric) =>
        Spec is not null && (Spec.Objectives.Any(objective => objective.Metric == metric) || Spec.Constraints.Any(constraint => constraint.Metric == metric));

    /// <summary>The front of a sweep as it stands.</summary>
    public static FrontView Of(SweepState state)
    {
        var measured = state.Trials.Where(trial => trial is { Status: TrialStatus.Completed, Measurement: not null }).ToList();
        var front = state.Front.ToHashSet();
        var cost = AxesOf(state.Spec).Cost;
        List<TrialState> models = [.. measured.Where(trial => front.Contains(trial.Id)).OrderBy(trial => trial.Measurement!.Of(cost)).ThenBy(trial => trial.Id)];
        var dense = measured.FirstOrDefault(trial => trial.Id.IsDense);
        return new(
            models,
            [.. measured.Where(trial => !front.Contains(trial.Id) && !trial.Id.IsDense)],
            dense,
            Sweeps.Knee.Of(models, state.Spec?.Objectives ?? [], (trial, metric) => trial.Measurement!.Of(metric)),
            models.Count == 0 ? Feasibility.Nearest(measured, Feasibility.BoundsOf(state.Spec)) : null,
            state.Spec);
    }

    private static FrontAxes AxesOf(SweepSpec? spec) => FrontAxes.Of(spec?.Objectives ?? []);
}
