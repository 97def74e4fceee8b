namespace Distributed.Search;

/// <summary>Finds the losses that no others dominate.</summary>
internal static class NonDominated
{
    /// <summary>Their indices, ascending. Equal losses do not dominate each other; what holds NaN is left out.</summary>
    /// <remarks>In the order of the first loss, then the others, only points met before can dominate: O(n log n + n · front).</remarks>
    public static IReadOnlyList<int> Of(IReadOnlyList<double[]> losses)
    {
        int[] order = [.. Enumerable.Range(0, losses.Count).Where(i => !losses[i].Any(double.IsNaN))];
        Array.Sort(order, (a, b) => Compare(losses[a], losses[b]) is var by and not 0 ? by : a.CompareTo(b));
        var front = new List<int>();
        foreach (int i in order)
        {
            if (!front.Exists(other => Losses.Dominates(losses[other], losses[i]))) front.Add(i);
        }

        front.Sort();
        return front;
    }

    private static int Compare(double[] a, double[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            int by = a[i].CompareTo(b[i]);
            if (by != 0) return by;
        }

        return 0;
    }
}
