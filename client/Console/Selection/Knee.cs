namespace Distributed.Client.Selection;

/// <summary>The point of a front after which each further gain costs most.</summary>
/// <remarks>
/// Every objective is normalised over the front to [0, 1], 0 the best. The knee is the point farthest from the chord (the plane, for three
/// objectives) through the extremes, on the good side; as the extremes of two objectives are (0, 1) and (1, 0), that is the point with the
/// least sum; of equal ones the best by the first objective. The search tells its knee by the same rule.
/// Branke, Deb, Dierolf, Osswald 2004.
/// </remarks>
internal static class Knee
{
    /// <summary>The knee of a front, or null when it is empty.</summary>
    /// <param name="front">Trials with measurements.</param>
    /// <param name="objectives">What the front is optimal in.</param>
    public static TrialState? Of(IReadOnlyList<TrialState> front, IReadOnlyList<Objective> objectives) =>
        objectives.Count == 0 ? null : front.OrderBy(trial => Sum(trial, objectives, front)).ThenBy(trial => Cost(trial, objectives[0])).FirstOrDefault();

    /// <summary>Rounded: the extremes lie in the plane, and rounding must not choose between them.</summary>
    private static double Sum(TrialState trial, IReadOnlyList<Objective> objectives, IReadOnlyList<TrialState> front) =>
        Math.Round(objectives.Sum(objective => Normalised(trial, objective, front)), 12);

    private static double Normalised(TrialState trial, Objective objective, IReadOnlyList<TrialState> front)
    {
        double low = front.Min(other => Cost(other, objective));
        double high = front.Max(other => Cost(other, objective));
        return high > low ? (Cost(trial, objective) - low) / (high - low) : 0;
    }

    private static double Cost(TrialState trial, Objective objective) =>
        objective.Direction == Direction.Minimize ? trial.Measurement!.Of(objective.Metric) : -trial.Measurement!.Of(objective.Metric);
}
