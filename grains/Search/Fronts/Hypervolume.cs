namespace Distributed.Search;

/// <summary>The volume that losses dominate inside a reference point, exact.</summary>
/// <remarks>
/// Notation: p_i ∈ R^m losses (smaller is better), r ∈ R^m reference; HV = λ(∪_i [p_i, r]). Points that are not below r in every coordinate
/// add nothing. m = 1 and 2 take O(n log n); m ≥ 3 is sliced along the last coordinate, O(n² log n) for m = 3
/// (While, Hingston, Barone and Huband 2006, "hypervolume by slicing objectives").
/// </remarks>
internal static class Hypervolume
{
    /// <param name="points">Each of length m; need not be non-dominated. NaN counts as not below r.</param>
    /// <param name="reference">Length m, at least 1.</param>
    public static double Of(IEnumerable<double[]> points, ReadOnlySpan<double> reference)
    {
        var inside = new List<double[]>();
        foreach (double[] point in points)
        {
            if (IsInside(point, reference)) inside.Add(point);
        }

        return Dominated(inside, reference);
    }

    private static bool IsInside(double[] point, ReadOnlySpan<double> reference)
    {
        for (int i = 0; i < reference.Length; i++)
        {
            if (!(point[i] < reference[i])) return false;
        }

        return true;
    }

    /// <summary>Coordinates from the length of r on are ignored.</summary>
    private static double Dominated(List<double[]> points, ReadOnlySpan<double> reference)
    {
        if (points.Count == 0) return 0;
        return reference.Length switch
        {
            1 => reference[0] - points.Min(point => point[0]),
            2 => Area(points, reference),
            _ => Sliced(points, reference),
        };
    }

    private static double Area(List<double[]> points, ReadOnlySpan<double> reference)
    {
        double area = 0;
        double lowest = reference[1];
        foreach (double[] point in points.OrderBy(point => point[0]).ThenBy(point => point[1]))
        {
            if (point[1] >= lowest) continue;
            area += (reference[0] - point[0]) * (lowest - point[1]);
            lowest = point[1];
        }

        return area;
    }

    private static double Sliced(List<double[]> points, ReadOnlySpan<double> reference)
    {
        int last = reference.Length - 1;
        var sorted = points.OrderBy(point => point[last]).ToList();
        double volume = 0;
        for (int i = 0; i < sorted.Count; i++)
        {
            double top = i + 1 < sorted.Count ? sorted[i + 1][last] : reference[last];
            double height = top - sorted[i][last];
            if (height > 0) volume += height * Dominated(sorted[..(i + 1)], reference[..last]);
        }

        return volume;
    }
}
