namespace Distributed.Search;

/// <summary>The losses up to which the search counts an improvement, where the objectives do not say so themselves.</summary>
/// <remarks>
/// With a dense model it is <see cref="ReferencePoint"/>'s. Without one it follows the front: its worst loss plus a tenth of its range
/// (Ishibuchi and others 2011; BoTorch's infer_reference_point); a front without a range lends the range of all measured trials.
/// </remarks>
internal static class SearchReference
{
    private const double Margin = 0.1;

    /// <param name="objectives">m of them.</param>
    /// <param name="history">Closed trials.</param>
    /// <param name="feasible">Losses of the feasible trials, as the search sees them.</param>
    public static double[] Of(IReadOnlyList<Objective> objectives, SearchHistory history, IReadOnlyList<double[]> feasible)
    {
        if (history.Dense is not null || objectives.All(objective => objective.Reference is not null))
            return Losses.Of(objectives, ReferencePoint.Of(objectives, history));
        var front = NonDominated.Of(feasible).Select(i => feasible[i]).ToList();
        return [.. objectives.Select((objective, i) => objective.Reference is { } given ? Losses.Of(objective, given) : Derive(objective, i, history, front))];
    }

    private static double Derive(Objective objective, int i, SearchHistory history, List<double[]> front)
    {
        double[] all = [.. history.Closed.Where(trial => trial.Values is not null)
            .Select(trial => Losses.Of(objective, trial.Values!.Of(objective.Metric))).Where(double.IsFinite)];
        if (all.Length == 0) return 0;
        double widest = Math.Max(all.Max() - all.Min(), 1e-9);
        if (front.Count == 0) return all.Max() + (Margin * widest);
        double range = front.Max(loss => loss[i]) - front.Min(loss => loss[i]);
        return front.Max(loss => loss[i]) + (range > 1e-6 * widest ? Margin * range : widest);
    }
}
