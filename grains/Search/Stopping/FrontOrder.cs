namespace Distributed.Search;

/// <summary>Orders losses by non-dominated front, and inside a front by farthest point.</summary>
internal static class FrontOrder
{
    /// <summary>Indices, the best first. Ties go to the smaller index.</summary>
    /// <param name="losses">Of equal length; the first loss chooses where a front begins.</param>
    public static List<int> Of(IReadOnlyList<double[]> losses)
    {
        var scaled = Scaling.ToUnit(losses);
        var left = Enumerable.Range(0, losses.Count).ToList();
        var order = new List<int>();
        while (left.Count > 0)
        {
            var front = left.FindAll(i => !left.Exists(j => Losses.Dominates(losses[j], losses[i])));
            left.RemoveAll(front.Contains);
            order.AddRange(Spread(front, scaled));
        }

        return order;
    }

    private static List<int> Spread(List<int> front, double[][] scaled)
    {
        int first = front.MinBy(i => scaled[i][0]);
        List<int> placed = [first];
        var rest = front.FindAll(i => i != first);
        while (rest.Count > 0)
        {
            int farthest = rest.MaxBy(i => placed.Min(j => Distance(scaled[i], scaled[j])));
            placed.Add(farthest);
            rest.Remove(farthest);
        }

        return placed;
    }

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
}
