namespace Distributed.Search;

/// <summary>How much a parameter has to do with being among the best trials (PED-ANOVA, Watanabe, Bansal and Hutter 2023).</summary>
/// <remarks>
/// Notation: for parameter k, p is the density of all trials along its axis and p* that of the best ones. Its importance is the Pearson
/// divergence ∫ (p*(x)/p(x) − 1)² p(x) dx, and all are scaled to a sum of 1. Dividing by p, not by a uniform density, takes out what the sampler
/// preferred. Densities of ordered axes are normal kernels cut to [0, 1] with Scott's deviation, taken in cells; those of choices are counts; both with one uniform
/// observation added. A parameter with a condition is judged over the trials that it takes part in; one that none of the best has is told 0.
/// </remarks>
internal static class ParameterImportance
{
    private const int Cells = 64;
    private const double LeastDeviation = 0.5 / Cells;

    /// <summary>One number for each axis, at least 0, of sum 1; all 0 when nothing is told.</summary>
    /// <param name="axes">d of them.</param>
    /// <param name="points">n points of length d.</param>
    /// <param name="best">Which of them are the best; at least one for the result to tell anything.</param>
    /// <param name="active">For each point which of its coordinates take part; all of them where it is not given.</param>
    public static double[] Of(IReadOnlyList<Axis> axes, IReadOnlyList<double[]> points, IReadOnlyList<bool> best, IReadOnlyList<bool[]>? active = null)
    {
        double[] divergences = [.. axes.Select((axis, k) => Divergence(axis, [.. points
            .Select((point, i) => (Place: point[k], IsBest: best[i], Counts: active?[i][k] ?? true))
            .Where(one => one.Counts)
            .Select(one => (one.Place, one.IsBest))]))];
        double sum = divergences.Sum();
        return [.. divergences.Select(divergence => sum > 1e-12 ? divergence / sum : 0)];
    }

    private static double Divergence(Axis axis, (double Place, bool IsBest)[] all) => Array.Exists(all, one => one.IsBest)
        ? Divergence(Density(axis, [.. all.Where(one => one.IsBest).Select(one => one.Place)]), Density(axis, [.. all.Select(one => one.Place)]))
        : 0;

    private static double Divergence(double[] best, double[] all) => best.Zip(all, (p, q) => ((p / q) - 1) * ((p / q) - 1) * q).Sum();

    /// <summary>The probability of each cell.</summary>
    private static double[] Density(Axis axis, double[] places)
    {
        int cells = axis.Levels is { } levels && levels < Cells ? (int)levels : Cells;
        double[] density = new double[cells];
        double deviation = Deviation(places);
        foreach (double place in places)
        {
            if (axis.IsOrdered) Spread(density, place, deviation);
            else density[Math.Min((int)(place * cells), cells - 1)]++;
        }

        return [.. density.Select(count => (count + (1.0 / cells)) / (places.Length + 1))];
    }

    /// <summary>1.06 σ̂ n^{−1/5} (Scott 1992), not below half a cell.</summary>
    private static double Deviation(double[] places)
    {
        if (places.Length < 2) return 0.25;
        double mean = places.Average();
        double spread = Math.Sqrt(places.Sum(place => (place - mean) * (place - mean)) / (places.Length - 1));
        return Math.Max(LeastDeviation, 1.06 * spread * Math.Pow(places.Length, -0.2));
    }

    private static void Spread(double[] density, double place, double deviation)
    {
        double whole = Below(1) - Below(0);
        for (int i = 0; i < density.Length; i++) density[i] += (Below((i + 1.0) / density.Length) - Below((double)i / density.Length)) / whole;

        double Below(double x) => Normal.Distribution((x - place) / deviation);
    }
}
