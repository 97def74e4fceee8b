namespace Distributed.Search;

/// <summary>The part of (−∞, r) that a front does not dominate, cut into disjoint boxes [l, u).</summary>
/// <remarks>
/// Notation: m losses, smaller is better; r reference. For m ≤ 2 the boxes are the strips of the staircase. For m ≥ 3 the local upper bounds
/// u of the front cover the part: it is ∪ (−∞, u). Seen from below that is the part which the points −u dominate, and the bounds of these
/// cut it into boxes (Lacour, Klamroth and Fonseca 2017; the same two steps as in Daulton, Balandat and Bakshy 2020): about 4n boxes for
/// m = 3, O(n²) for m = 4.
/// </remarks>
internal static class HypervolumeBoxes
{
    /// <summary>The boxes; a lower bound may be −∞.</summary>
    /// <param name="front">Losses; dominated points and points that are not below the reference do no harm.</param>
    /// <param name="reference">Length m.</param>
    public static IReadOnlyList<(double[] Lower, double[] Upper)> Of(IEnumerable<double[]> front, double[] reference)
    {
        var inside = front.Where(point => point.Zip(reference).All(pair => pair.First < pair.Second)).ToList();
        var distinct = NonDominated.Of(inside).Select(i => inside[i]).ToList();
        double[][] sorted = [.. distinct.Where((point, i) => distinct.FindIndex(point.SequenceEqual) == i).OrderBy(point => point[0])];
        return reference.Length switch
        {
            1 => [([double.NegativeInfinity], [sorted.Length == 0 ? reference[0] : sorted[0][0]])],
            2 => [.. Strips(sorted, reference)],
            _ => Cells(sorted, reference),
        };
    }

    private static IEnumerable<(double[] Lower, double[] Upper)> Strips(double[][] sorted, double[] reference)
    {
        for (int k = 0; k <= sorted.Length; k++)
        {
            double from = k == 0 ? double.NegativeInfinity : sorted[k - 1][0];
            double to = k == sorted.Length ? reference[0] : sorted[k][0];
            double below = k == 0 ? reference[1] : sorted[k - 1][1];
            yield return ([from, double.NegativeInfinity], [to, below]);
        }
    }

    private static List<(double[] Lower, double[] Upper)> Cells(double[][] sorted, double[] reference)
    {
        var bounds = new LocalBounds(reference);
        foreach (double[] point in sorted) bounds.Add(point);
        var seen = new LocalBounds([.. reference.Select(_ => double.PositiveInfinity)]);
        foreach (double[] bound in bounds.Upper.OrderBy(bound => bound[0]).ThenBy(bound => bound[1])) seen.Add([.. bound.Select(value => -value)]);
        return [.. seen.Boxes().Select(box => (Negate(box.Upper), Negate(box.Lower)))];
    }

    private static double[] Negate(double[] values) => [.. values.Select(value => -value)];
}
