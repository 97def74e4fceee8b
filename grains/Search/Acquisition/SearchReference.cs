namespace Distributed.Search;

/// <summary>The losses up to which the search counts an improvement, where the objectives do not say so themselves.</summary>
/// <remarks>
/// With a dense model it is <see cref="ReferencePoint"/>'s. Without one it comes down from the worst loss found to the front's end as trials
/// come in: r = near + (far − near) · min(1, n₀/n)², near the front's worst loss plus a tenth of its range (Ishibuchi and others 2011; BoTorch's
/// infer_reference_point), far the worst loss of all measured trials, n₀ the initial trials, n the measured ones. A reference near the first
/// front alone would never look for the rest of it. Every sixth suggestion counts what lies beyond: r = far + range, so that the ends of the
/// front go on being looked for. A front without a range lends the range of all measured trials.
/// </remarks>
internal static class SearchReference
{
    private const double Margin = 0.1;
    private const int Outlook = 6;

    /// <param name="objectives">m of them.</param>
    /// <param name="history">Closed trials, and which one is suggested.</param>
    /// <param name="feasible">Losses of the feasible trials as the models expect them, in natural units.</param>
    /// <param name="initial">How many trials cover the space before the search.</param>
    public static double[] Of(IReadOnlyList<Objective> objectives, SearchHistory history, IReadOnlyList<double[]> feasible, int initial)
    {
        if (history.Dense is not null || objectives.All(objective => objective.Reference is not null))
            return Losses.Of(objectives, ReferencePoint.Of(objectives, history));
        var front = NonDominated.Of(feasible).Select(i => feasible[i]).ToList();
        return [.. objectives.Select((objective, i) => objective.Reference is { } given
            ? Losses.Of(objective, given)
            : Derive([.. Measured(objective, history)], [.. front.Select(loss => loss[i])], history.Next % Outlook == 0, initial))];
    }

    private static IEnumerable<double> Measured(Objective objective, SearchHistory history) => history.Closed
        .Where(trial => trial.Values is not null)
        .Select(trial => Losses.Of(objective, trial.Values!.Of(objective.Metric)))
        .Where(double.IsFinite);

    private static double Derive(double[] all, double[] front, bool isOutlook, int initial)
    {
        if (all.Length == 0) return 0;
        double widest = Math.Max(all.Max() - all.Min(), 1e-9);
        if (front.Length == 0) return all.Max() + (Margin * widest);
        double range = front.Max() - front.Min();
        bool isPoint = range <= 1e-6 * widest;
        double near = front.Max() + (isPoint ? widest : Margin * range);
        double far = Math.Max(near, all.Max());
        double share = Math.Min(1, (double)initial / all.Length);
        return isOutlook ? far + (isPoint ? widest : range) : near + (share * share * (far - near));
    }
}
