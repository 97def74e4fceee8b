namespace Distributed.Search;

/// <summary>Finds the losses that no others dominate.</summary>
internal static class NonDominated
{
    /// <summary>Their indices, ascending. Equal losses do not dominate each other; what holds NaN is left out.</summary>
    /// <remarks>
    /// In the order of the first loss, then the others, only points met before can dominate: O(n log n + n · front). With two losses the one
    /// met before that is lowest in the second tells for all of them: O(n log n).
    /// </remarks>
    public static IReadOnlyList<int> Of(IReadOnlyList<double[]> losses)
    {
        int[] order = [.. Enumerable.Range(0, losses.Count).Where(i => !losses[i].Any(double.IsNaN))];
        Array.Sort(order, (a, b) => Losses.Compare(losses[a], losses[b]) is var by and not 0 ? by : a.CompareTo(b));
        var front = new List<int>();
        bool isPlane = losses.Count > 0 && losses[0].Length == 2;
        foreach (int i in order)
        {
            // Of two losses the last member is the lowest so far in the second, and the first of its equals.
            bool dominated = isPlane
                ? front.Count > 0 && Losses.Dominates(losses[front[^1]], losses[i])
                : front.Exists(other => Losses.Dominates(losses[other], losses[i]));
            if (!dominated) front.Add(i);
        }

        front.Sort();
        return front;
    }
}
