using System.Numerics;

namespace Distributed.Search;

/// <summary>
/// Every combination of a few values of each parameter, in a seeded order any beginning of which covers the space; then of more values. A
/// parameter that is counted has no more than it has: a space of such parameters is walked to its end.
/// </summary>
/// <remarks>
/// Notation: the grid of level ℓ takes 2^ℓ + 1 places of a real axis, ends included, and min(2^ℓ + 1, c) of the c values of a counted one, all
/// choices always. The first grid is the largest one with no more combinations than trials, each later one holds the one before it.
/// The order is i ↦ (a i + b) mod N, a coprime to N and near the golden section of it.
/// </remarks>
internal sealed class GridSampler : SequentialSampler
{
    private const int MostLevels = 13;

    protected override Func<SearchHistory, Suggestion?> Begin(SearchProblem problem, SearchHistory history, Drafts drafts)
    {
        int first = 0;
        while (first < MostLevels && problem.Trials is { } trials && Size(drafts.Encoding.Axes, first + 1) <= trials) first++;
        return now => drafts.First(Walk(problem, drafts.Encoding, first, Patience + now.Next));
    }

    private static IEnumerable<Suggestion> Walk(SearchProblem problem, SpaceEncoding encoding, int first, int patience)
    {
        BigInteger before = 0;
        for (int level = first; level <= MostLevels; level++)
        {
            int[] counts = [.. encoding.Axes.Select(axis => Count(axis, level))];
            var size = Size(encoding.Axes, level);
            if (size == before) yield break;
            before = size;
            var order = new SeededRandom(problem.Seed, Invariant($"grid/{level}"));
            var stride = Stride(size);
            var number = new BigInteger(order.NextDouble() * (double)size) % size;
            for (BigInteger i = 0; i < size; i++)
            {
                if (patience-- <= 0) yield break;
                yield return new(encoding.Decode(Place(encoding.Axes, counts, number)), Invariant($"one of {size} on the grid"));
                number = (number + stride) % size;
            }
        }
    }

    private static int Count(Axis axis, int level)
    {
        int places = (1 << level) + 1;
        return axis.Levels is not { } levels ? places : axis.IsOrdered ? (int)Math.Min(places, levels) : (int)levels;
    }

    private static BigInteger Size(IReadOnlyList<Axis> axes, int level) =>
        axes.Aggregate(BigInteger.One, (size, axis) => size * Count(axis, level));

    private static BigInteger Stride(BigInteger size)
    {
        var stride = BigInteger.Max(1, size * 618_034 / 1_000_000);
        while (BigInteger.GreatestCommonDivisor(stride, size) != 1) stride++;
        return stride;
    }

    /// <summary>Ends included where there are more values than places; else each value's own place.</summary>
    private static double[] Place(IReadOnlyList<Axis> axes, int[] counts, BigInteger number)
    {
        double[] point = new double[counts.Length];
        for (int d = 0; d < point.Length; d++)
        {
            int value = (int)(number % counts[d]);
            point[d] = counts[d] == axes[d].Levels ? axes[d].PlaceOf(value) : value / (counts[d] - 1.0);
            number /= counts[d];
        }

        return point;
    }
}
