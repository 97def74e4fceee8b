namespace Distributed.Benchmarks;

/// <summary>Spearman's ρ: Pearson's correlation of ranks, ties sharing the mean of theirs.</summary>
internal static class RankCorrelation
{
    /// <summary>In [−1, 1]; 0 where one side is constant.</summary>
    public static double Of(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        double[] a = Ranks(left);
        double[] b = Ranks(right);
        double mean = (a.Length - 1) / 2.0;
        double product = a.Zip(b, (x, y) => (x - mean) * (y - mean)).Sum();
        double squares = a.Sum(x => (x - mean) * (x - mean)) * b.Sum(y => (y - mean) * (y - mean));
        return squares > 0 ? product / Math.Sqrt(squares) : 0;
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        double[] ranks = new double[order.Length];
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && values[order[to]] == values[order[from]];) to++;
            for (int i = from; i < to; i++) ranks[order[i]] = (from + to - 1) / 2.0;
        }

        return ranks;
    }
}
