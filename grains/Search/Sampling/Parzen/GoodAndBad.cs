namespace Distributed.Search;

/// <summary>Splits finished trials into those that are worth being near to, and the rest.</summary>
/// <remarks>
/// The good ones are the first by rank (constrained domination); the rank that does not fit whole gives those that together dominate most
/// (greedy hypervolume subset selection). A good trial that keeps the constraints weighs as much as the hypervolume that only it adds
/// (Ozaki, Tanigaki, Watanabe, Nomura and Onishi 2022); the reference is the worst of them, a tenth of their range farther.
/// </remarks>
internal sealed record GoodAndBad(IReadOnlyList<double[]> Good, IReadOnlyList<double> Weights, IReadOnlyList<double[]> Bad)
{
    private const double LeastWeight = 0.05;

    /// <param name="trials">Finished trials.</param>
    /// <param name="count">How many are good; fewer when there are fewer.</param>
    public static GoodAndBad Of(IReadOnlyList<Judged> trials, int count)
    {
        int[] ranks = Judged.Ranks(trials);
        var good = new List<int>();
        var bad = new List<int>();
        foreach (var front in Enumerable.Range(0, trials.Count).GroupBy(i => ranks[i]).OrderBy(front => front.Key))
        {
            int[] members = [.. front];
            int[] taken = good.Count + members.Length <= count ? members : Select(trials, members, count - good.Count);
            good.AddRange(taken);
            bad.AddRange(members.Except(taken));
        }

        return new([.. good.Select(i => trials[i].Point)], Weigh([.. good.Select(i => trials[i])]), [.. bad.Select(i => trials[i].Point)]);
    }

    /// <summary>The members that dominate most together, chosen one by one; the earlier of equal ones.</summary>
    private static int[] Select(IReadOnlyList<Judged> trials, int[] members, int count)
    {
        double[] reference = Reference([.. members.Select(i => trials[i].Losses)]);
        var left = members.ToList();
        var taken = new List<int>();
        while (taken.Count < count)
        {
            var chosen = taken.ConvertAll(i => trials[i].Losses);
            int best = left.MaxBy(i => Hypervolume.Of(chosen.Append(trials[i].Losses), reference));
            left.Remove(best);
            taken.Add(best);
        }

        return [.. taken];
    }

    private static double[] Weigh(List<Judged> good)
    {
        var feasible = good.FindAll(trial => trial.Violation == 0).ConvertAll(trial => trial.Losses);
        if (feasible.Count < 2) return [.. good.Select(_ => 1.0)];
        double[] reference = Reference(feasible);
        double whole = Hypervolume.Of(feasible, reference);
        double[] added = [.. feasible.Select((_, i) => whole - Hypervolume.Of(feasible.Where((_, j) => j != i), reference))];
        double most = added.Max();
        var weights = new Queue<double>(added.Select(share => most > 0 ? Math.Max(LeastWeight, share / most) : 1));
        return [.. good.Select(trial => trial.Violation == 0 ? weights.Dequeue() : LeastWeight)];
    }

    private static double[] Reference(List<double[]> losses) => [.. Enumerable.Range(0, losses[0].Length).Select(k =>
    {
        double low = losses.Min(loss => loss[k]);
        double high = losses.Max(loss => loss[k]);
        return high > low ? high + (0.1 * (high - low)) : high + (1e-9 * (1 + Math.Abs(high)));
    })];
}
