namespace Distributed.Search;

/// <summary>Chooses the front's members around which trust regions lie.</summary>
internal static class RegionCentres
{
    /// <summary>
    /// Some members, drawn without replacement with odds of their isolation: the distance to the nearest other member after each loss is
    /// scaled to [0, 1] over the front. The gaps of the front are where hypervolume is to be gained.
    /// </summary>
    /// <param name="front">Losses of the members; at least one.</param>
    /// <param name="count">How many, at most.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <returns>Indices.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<double[]> front, int count, SeededRandom random)
    {
        double[] low = [.. front[0].Select((_, i) => front.Min(member => member[i]))];
        double[] range = [.. front[0].Select((_, i) => Math.Max(front.Max(member => member[i]) - low[i], 1e-300))];
        double[][] scaled = [.. front.Select(member => member.Select((loss, i) => (loss - low[i]) / range[i]).ToArray())];
        double Isolation(int k) => scaled.Where((_, other) => other != k)
            .Select(other => other.Zip(scaled[k], (a, b) => (a - b) * (a - b)).Sum()).DefaultIfEmpty(1).Min();
        // With E exponential, the largest weight/E are a draw without replacement (Efraimidis and Spirakis 2006).
        var keys = Enumerable.Range(0, front.Count).Select(k => (k, Key: Math.Sqrt(Isolation(k) + 1e-12) / -Math.Log(1 - random.NextDouble()))).ToList();
        return [.. keys.OrderByDescending(pair => pair.Key).Take(count).Select(pair => pair.k)];
    }
}
