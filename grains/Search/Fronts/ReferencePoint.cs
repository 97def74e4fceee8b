namespace Distributed.Search;

/// <summary>
/// The worst values that still count for the hypervolume. Where an objective names none it is derived from the dense model: 1.1 times its
/// value where smaller is better, half of it where larger is better. So a model counts when it costs at most a tenth more than the dense
/// one and keeps at least half of its accuracy.
/// </summary>
public static class ReferencePoint
{
    /// <summary>One value for each objective, in its natural unit.</summary>
    public static double[] Of(IReadOnlyList<Objective> objectives, ObservedValues dense) =>
        [.. objectives.Select(objective => objective.Reference ?? Derive(objective, dense.Of(objective.Metric)))];

    /// <summary>The same for a history; without a dense model the worst value found is taken in its place.</summary>
    internal static double[] Of(IReadOnlyList<Objective> objectives, SearchHistory history) =>
        history.Dense is { } dense ? Of(objectives, dense) : [.. objectives.Select(objective => objective.Reference ?? Worst(objective, history))];

    private static double Worst(Objective objective, SearchHistory history)
    {
        var found = history.Closed.Where(trial => trial.Values is not null).Select(trial => trial.Values!.Of(objective.Metric)).Where(double.IsFinite).ToList();
        if (found.Count == 0) return 0;
        return Derive(objective, objective.Direction == Direction.Maximize ? found.Min() : found.Max());
    }

    private static double Derive(Objective objective, double dense) => objective.Direction == Direction.Maximize ? 0.5 * dense : 1.1 * dense;
}
