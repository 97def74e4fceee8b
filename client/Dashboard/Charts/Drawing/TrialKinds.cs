namespace Distributed.Dashboard;

/// <summary>Tells trials of a sweep apart.</summary>
public sealed class TrialKinds
{
    private readonly HashSet<TrialId> _front;
    private readonly IReadOnlyList<Constraint> _bounds;

    /// <param name="view">The sweep.</param>
    public TrialKinds(SweepView view)
    {
        _front = [.. view.Front];
        _bounds = view.Spec is { } spec ? Bounds.Of(spec.Objectives, spec.Constraints) : [];
        Knee = KneeOf(view)?.Id;
    }

    /// <summary>The front's knee; null while the front is empty.</summary>
    public TrialId? Knee { get; }

    /// <summary>The knee of a sweep's front, by the rule of search and console; null while the front is empty.</summary>
    public static TrialState? KneeOf(SweepView view)
    {
        List<TrialState> front = [.. view.Front.Select(id => view.Trial(id.Number)).OfType<TrialState>().Where(trial => trial.Measurement is not null)];
        return Sweeps.Knee.Of(front, view.Spec?.Objectives ?? [], (trial, metric) => trial.Measurement!.Of(metric));
    }

    /// <summary>Whether a measured trial meets every constraint; the dense model may not.</summary>
    public bool IsFeasible(TrialState trial) => trial.Measurement is not { } measured || Bounds.Violation(_bounds, measured.Of) <= 0;

    /// <summary>The kind of a trial.</summary>
    public TrialKind Of(TrialState trial) => trial switch
    {
        { Id.IsDense: true } => TrialKind.Dense,
        { Status: TrialStatus.Failed } => TrialKind.Failed,
        { Status: TrialStatus.Stopped } => TrialKind.Stopped,
        { Measurement: not null } => trial.Id == Knee ? TrialKind.Knee
            : _front.Contains(trial.Id) ? TrialKind.Front
            : IsFeasible(trial) ? TrialKind.Dominated : TrialKind.Infeasible,
        _ => TrialKind.Running,
    };
}
