namespace Distributed.Search;

/// <summary>The losses up to which the search counts an improvement, where the objectives do not say so themselves.</summary>
/// <remarks>
/// With a dense model it is <see cref="ReferencePoint"/>'s. Without one it comes down from the worst loss found to the front's end as trials
/// come in: r = near + (far − near) · min(1, n₀/n)⁴, near the front's worst loss plus a tenth of its range (Ishibuchi and others 2011; BoTorch's
/// infer_reference_point), far the worst loss of all measured trials, n₀ the initial trials, n the measured ones. A reference near the first
/// front alone would never look for the rest of it. Now and then a suggestion counts what lies far beyond, r = far + 10 · range, so that the
/// ends of the front go on being looked for: every third while a trial of the last eight has found a new end (<see cref="Lull"/>), every sixth
/// through eight more, then every twelfth. A front without a range lends the range of all measured trials.
/// </remarks>
internal static class SearchReference
{
    private const double Margin = 0.1;
    private const int Outlook = 3;
    private const int Patience = 8;
    private const double Beyond = 10;
    private const double NewEnd = 0.01;

    /// <param name="objectives">m of them.</param>
    /// <param name="history">Closed trials, and which one is suggested.</param>
    /// <param name="feasible">Losses of the feasible trials as the models expect them, in natural units.</param>
    /// <param name="initial">How many trials cover the space before the search.</param>
    public static double[] Of(IReadOnlyList<Objective> objectives, SearchHistory history, IReadOnlyList<double[]> feasible, int initial)
    {
        if (history.Dense is not null || objectives.All(objective => objective.Reference is not null))
            return Losses.Of(objectives, ReferencePoint.Of(objectives, history));
        var front = NonDominated.Of(feasible).Select(i => feasible[i]).ToList();
        bool isOutlook = history.Next % Interval(Lull(objectives, history)) == 0;
        return [.. objectives.Select((objective, i) => objective.Reference is { } given
            ? Losses.Of(objective, given)
            : Derive([.. Measured(objective, history)], [.. front.Select(loss => loss[i])], isOutlook, initial))];
    }

    private static int Interval(int lull) => lull < Patience ? Outlook : lull < 2 * Patience ? 2 * Outlook : 4 * Outlook;

    /// <summary>How many trials have been measured since one improved the least loss of an objective by more than 1 % of its range.</summary>
    private static int Lull(IReadOnlyList<Objective> objectives, SearchHistory history)
    {
        var ends = objectives.Select(_ => (Least: double.PositiveInfinity, Most: double.NegativeInfinity)).ToArray();
        int lull = 0;
        foreach (var trial in history.Closed)
        {
            if (trial.Values is null) continue;
            double[] found = Losses.Of(objectives, trial.Values.Of);
            if (!Array.TrueForAll(found, double.IsFinite)) continue;
            lull++;
            for (int i = 0; i < ends.Length; i++)
            {
                double most = Math.Max(ends[i].Most, found[i]);
                if (double.IsInfinity(ends[i].Least) || found[i] < ends[i].Least - (NewEnd * (most - ends[i].Least))) lull = 0;
                ends[i] = (Math.Min(ends[i].Least, found[i]), most);
            }
        }

        return lull;
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
        return isOutlook ? far + (Beyond * (isPoint ? widest : range)) : near + (Math.Pow(share, 4) * (far - near));
    }
}
