namespace Distributed.Search;

/// <summary>The losses up to which the search counts an improvement, where the objectives do not say so themselves.</summary>
/// <remarks>
/// With a dense model it is <see cref="ReferencePoint"/>'s. Without one it follows the front: its worst loss plus a tenth of its range
/// (Ishibuchi and others 2011; BoTorch's infer_reference_point); a front without a range lends the range of all measured trials. Members
/// that gain less than a quarter of what they lose against another member, both in parts of the range, are first taken off one by one, those at the edge that stretch the range most before others
/// (bounded trade-offs, Geoffrion 1968): an early point at the edge of the space is hardly ever dominated, and would keep the reference far away.
/// </remarks>
internal static class SearchReference
{
    private const double Margin = 0.1;
    private const double LeastTrade = 0.25;

    /// <param name="objectives">m of them.</param>
    /// <param name="history">Closed trials.</param>
    /// <param name="feasible">Losses of the feasible trials, as the search sees them.</param>
    public static double[] Of(IReadOnlyList<Objective> objectives, SearchHistory history, IReadOnlyList<double[]> feasible)
    {
        if (history.Dense is not null || objectives.All(objective => objective.Reference is not null))
            return Losses.Of(objectives, ReferencePoint.Of(objectives, history));
        var front = NonDominated.Of(feasible).Select(i => feasible[i]).ToList();
        while (front.Count > 2 && Worst(front) is { } worst) front.Remove(worst);
        return [.. objectives.Select((objective, i) => objective.Reference is { } given ? Losses.Of(objective, given) : Derive(objective, i, history, front))];
    }

    /// <summary>Of the members whose trade is poor the one without which the front is smallest; null when no trade is poor.</summary>
    private static double[]? Worst(List<double[]> front)
    {
        double[] range = Range(front);
        (double[]? worst, double smallest) = (null, 1);
        foreach (double[] member in front)
        {
            var others = front.FindAll(other => other != member);
            if (others.Min(other => Trade(member, other, range)) >= LeastTrade) continue;
            double left = Range(others).Zip(range, (after, before) => after / before).Aggregate(1.0, (product, part) => product * part);
            if (left < smallest) (worst, smallest) = (member, left);
        }

        return worst;
    }

    private static double[] Range(List<double[]> front) =>
        [.. front[0].Select((_, i) => Math.Max(front.Max(loss => loss[i]) - front.Min(loss => loss[i]), 1e-300))];

    private static double Trade(double[] member, double[] other, double[] range)
    {
        (double gain, double loss) = (0, 0);
        for (int i = 0; i < range.Length; i++)
        {
            double ahead = (other[i] - member[i]) / range[i];
            (gain, loss) = (Math.Max(gain, ahead), Math.Max(loss, -ahead));
        }

        return loss > 0 ? gain / loss : 1;
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
