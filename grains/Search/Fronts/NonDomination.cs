namespace Distributed.Search;

/// <summary>Sorts losses into fronts by constrained domination.</summary>
/// <remarks>
/// a dominates b if both keep the constraints and a is nowhere worse and somewhere better, or if a violates them less (Deb, Pratap, Agarwal
/// and Meyarivan 2002). Rank 0 is dominated by nothing, rank k by something of rank k − 1. By sequential search over points sorted
/// lexicographically (Zhang, Tian, Cheng and Jin 2015): O(n² m) at worst.
/// </remarks>
internal static class NonDomination
{
    /// <summary>The rank of each of n points.</summary>
    /// <param name="losses">n points of length m, finite.</param>
    /// <param name="violations">n violations, at least 0; see <see cref="Feasibility"/>.</param>
    public static int[] Ranks(IReadOnlyList<double[]> losses, IReadOnlyList<double> violations)
    {
        int[] ranks = new int[losses.Count];
        int first = 0;
        foreach (var group in Enumerable.Range(0, losses.Count).GroupBy(i => violations[i]).OrderBy(group => group.Key))
        {
            var fronts = new List<List<int>>();
            foreach (int i in group.Order(Comparer<int>.Create((a, b) => Losses.Compare(losses[a], losses[b]))))
            {
                int rank = fronts.FindIndex(front => !front.Exists(j => Losses.Dominates(losses[j], losses[i])));
                if (rank < 0) (rank, fronts) = (fronts.Count, [.. fronts, []]);
                fronts[rank].Add(i);
                ranks[i] = first + rank;
            }

            first += fronts.Count;
        }

        return ranks;
    }

    /// <summary>
    /// How far apart the neighbours of each point of one front lie, summed over the objectives, each scaled to the front's range; infinite at the
    /// ends (the crowding distance of Deb et al. 2002).
    /// </summary>
    public static double[] Crowding(IReadOnlyList<double[]> front)
    {
        double[] distances = new double[front.Count];
        for (int k = 0; front.Count > 0 && k < front[0].Length; k++)
        {
            int[] order = [.. Enumerable.Range(0, front.Count).OrderBy(i => front[i][k])];
            double range = front[order[^1]][k] - front[order[0]][k];
            distances[order[0]] = distances[order[^1]] = double.PositiveInfinity;
            for (int i = 1; i + 1 < order.Length && range > 0; i++)
                distances[order[i]] += (front[order[i + 1]][k] - front[order[i - 1]][k]) / range;
        }

        return distances;
    }
}
