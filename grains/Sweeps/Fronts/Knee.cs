namespace Distributed.Sweeps;

/// <summary>The member of a front after which each further gain costs most. Search and console tell it by the same rule.</summary>
/// <remarks>
/// Every objective is scaled to [0, 1] over the front, 0 the best. The knee is the member farthest on the good side from the plane through the
/// objectives' best values: the one with the least sum (Branke, Deb, Dierolf and Osswald 2004).
/// </remarks>
public static class Knee
{
    /// <summary>The knee, of equal ones the best by the first objective, of those the first; null for an empty front.</summary>
    /// <param name="front">Its members.</param>
    /// <param name="objectives">What it is optimal in.</param>
    /// <param name="value">A member's value of a metric, in its natural unit.</param>
    public static T? Of<T>(IReadOnlyList<T> front, IReadOnlyList<Objective> objectives, Func<T, Metric, double> value)
        where T : class
    {
        if (front.Count == 0 || objectives.Count == 0) return null;
        double[][] losses = [.. objectives.Select(objective => front.Select(member => Loss(objective, value(member, objective.Metric))).ToArray())];
        double[] sums = [.. front.Select((_, i) => Sum(losses, i))];
        return front[Enumerable.Range(0, front.Count).OrderBy(i => sums[i]).ThenBy(i => losses[0][i]).First()];
    }

    private static double Loss(Objective objective, double value) => objective.Direction == Direction.Maximize ? -value : value;

    /// <summary>Rounded: the ends of the front lie in the plane, and rounding errors must not choose between them.</summary>
    private static double Sum(double[][] losses, int member) => Math.Round(
        losses.Sum(all => all.Max() > all.Min() ? (all[member] - all.Min()) / (all.Max() - all.Min()) : 0), 12);
}
