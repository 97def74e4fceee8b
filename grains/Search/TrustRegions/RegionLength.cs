namespace Distributed.Search;

/// <summary>How long the sides of the trust regions are, by what the trials so far were good for.</summary>
/// <remarks>
/// A pure function of the history: it is replayed, not kept. It starts at 0.8; three trials in a row that reach the front (as it was then)
/// double it, up to 1.6; max(10, d) in a row that do not halve it; below 0.01 it starts again (the schedule of Eriksson and others 2019 and of
/// MORBO, Daulton and others 2022, with one length for all regions).
/// </remarks>
internal static class RegionLength
{
    private const double First = 0.8;
    private const double Longest = 1.6;
    private const double Shortest = 0.01;
    private const int Successes = 3;

    /// <param name="losses">Of the feasible measured trials in their order; null for one that failed or is infeasible.</param>
    /// <param name="dimensions">d.</param>
    public static double Of(IEnumerable<double[]?> losses, int dimensions)
    {
        int patience = Math.Max(10, dimensions);
        double length = First;
        (int good, int bad) = (0, 0);
        var front = new List<double[]>();
        foreach (double[]? loss in losses)
        {
            bool success = loss is not null && !front.Exists(other => Losses.Dominates(other, loss) || other.SequenceEqual(loss));
            if (success)
            {
                front.RemoveAll(other => Losses.Dominates(loss, other));
                front.Add(loss!);
            }

            (good, bad) = success ? (good + 1, 0) : (0, bad + 1);
            if (good == Successes) (length, good) = (Math.Min(Longest, 2 * length), 0);
            if (bad == patience) (length, bad) = (length / 2, 0);
            if (length < Shortest) length = First;
        }

        return length;
    }
}
