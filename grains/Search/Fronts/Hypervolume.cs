namespace Distributed.Search;

/// <summary>The volume that losses dominate inside a reference point, exact.</summary>
/// <remarks>
/// Notation: p_i ∈ R^m losses (smaller is better), r ∈ R^m reference; HV = λ(∪_i [p_i, r]). Points that are not below r in every coordinate
/// add nothing. m = 1 takes O(n). For more, the points are swept along the last coordinate while what they dominate in the others is kept:
/// m = 2 a length, O(n log n); m = 3 the area over a staircase, O(n log n) steps (Beume, Fonseca, López-Ibáñez, Paquete and Vahrenhold
/// 2009); each further objective slices once more (While, Hingston, Barone and Huband 2006), so that m = 4 takes O(n² log n).
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

    private static bool IsSorted(List<double[]> points, int coordinate)
    {
        for (int i = 1; i < points.Count; i++)
        {
            if (points[i][coordinate] < points[i - 1][coordinate]) return false;
        }

        return true;
    }

    /// <summary>Coordinates from the length of r on are ignored.</summary>
    private static double Dominated(List<double[]> points, ReadOnlySpan<double> reference)
    {
        if (points.Count == 0) return 0;
        if (reference.Length == 1) return reference[0] - points.Min(point => point[0]);
        int last = reference.Length - 1;
        if (!IsSorted(points, last)) points = [.. points.OrderBy(point => point[last])];
        return last switch
        {
            1 => Area(points, reference),
            2 => Volume(points, reference),
            _ => Sliced(points, reference),
        };
    }

    private static double Area(List<double[]> points, ReadOnlySpan<double> reference)
    {
        double area = 0;
        double length = 0;
        double from = points[0][1];
        foreach (double[] point in points)
        {
            area += length * (point[1] - from);
            from = point[1];
            length = Math.Max(length, reference[0] - point[0]);
        }

        return area + (length * (reference[1] - from));
    }

    private static double Volume(List<double[]> points, ReadOnlySpan<double> reference)
    {
        var staircase = new Staircase(reference[0], reference[1]);
        double volume = 0;
        double from = points[0][2];
        foreach (double[] point in points)
        {
            volume += staircase.Area * (point[2] - from);
            from = point[2];
            staircase.Add(point[0], point[1]);
        }

        return volume + (staircase.Area * (reference[2] - from));
    }

    private static double Sliced(List<double[]> points, ReadOnlySpan<double> reference)
    {
        int last = reference.Length - 1;
        double volume = 0;
        for (int i = 0; i < points.Count; i++)
        {
            double top = i + 1 < points.Count ? points[i + 1][last] : reference[last];
            double height = top - points[i][last];
            if (height > 0) volume += height * Dominated(points[..(i + 1)], reference[..last]);
        }

        return volume;
    }
}
