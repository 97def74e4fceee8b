namespace Distributed.Search;

/// <summary>The local upper bounds of a set of points: what they do not dominate is the union of the boxes below the bounds.</summary>
/// <remarks>
/// Notation: z points, u bounds, Z_k(u) the point that gives u its coordinate k. A point z &lt; u splits u into m bounds, u with coordinate
/// j taken from z; the one for j is needed when z_j is at least every other defining point's coordinate j (Klamroth, Lacour and Vanderpooten
/// 2015, algorithm 5). The dominated part is the disjoint union over u of [Z_1(u)_1, r_1) × Π_{j&gt;1} [max_{k&lt;j} Z_k(u)_j, u_j) (Lacour,
/// Klamroth and Fonseca 2017, proposition 3.2).
/// </remarks>
internal sealed class LocalBounds
{
    private readonly double[] _reference;
    private List<(double[] Bound, double[][] Defining)> _bounds;

    /// <param name="reference">Length m; may hold +∞.</param>
    public LocalBounds(double[] reference)
    {
        _reference = reference;
        double[] Dummy(int k) => [.. reference.Select((value, j) => j == k ? value : double.NegativeInfinity)];
        _bounds = [(reference, [.. reference.Select((_, k) => Dummy(k))])];
    }

    /// <summary>The bounds.</summary>
    public IEnumerable<double[]> Upper => _bounds.Select(bound => bound.Bound);

    /// <summary>Takes a point in.</summary>
    public void Add(double[] point)
    {
        var next = new List<(double[] Bound, double[][] Defining)>(_bounds.Count + 4);
        foreach (var bound in _bounds)
        {
            if (IsBelow(point, bound.Bound)) Split(bound, point, next);
            else next.Add(bound);
        }

        _bounds = next;
    }

    /// <summary>The part that the points dominate inside the reference, as disjoint boxes.</summary>
    public IEnumerable<(double[] Lower, double[] Upper)> Boxes()
    {
        foreach ((double[] bound, double[][] defining) in _bounds)
        {
            double[] lower = [.. bound];
            double[] upper = [.. bound];
            (lower[0], upper[0]) = (defining[0][0], _reference[0]);
            for (int j = 1; j < bound.Length; j++) lower[j] = defining.Take(j).Max(point => point[j]);
            if (IsBelow(lower, upper)) yield return (lower, upper);
        }
    }

    private static void Split((double[] Bound, double[][] Defining) bound, double[] point, List<(double[] Bound, double[][] Defining)> into)
    {
        for (int j = 0; j < point.Length; j++)
        {
            if (!IsNeeded(bound.Defining, point[j], j)) continue;
            double[] upper = [.. bound.Bound];
            double[][] defining = [.. bound.Defining];
            (upper[j], defining[j]) = (point[j], point);
            into.Add((upper, defining));
        }
    }

    private static bool IsNeeded(double[][] defining, double value, int j)
    {
        for (int k = 0; k < defining.Length; k++)
        {
            if (k != j && defining[k][j] > value) return false;
        }

        return true;
    }

    private static bool IsBelow(double[] point, double[] bound)
    {
        for (int i = 0; i < bound.Length; i++)
        {
            if (!(point[i] < bound[i])) return false;
        }

        return true;
    }
}
