namespace Distributed.Search;

/// <summary>What a part of several runs reaches: the summary-attainment surfaces of two objectives.</summary>
/// <remarks>
/// Notation: run s has points p ∈ R², smaller is better; y_s(x) = min { p₂ : p ∈ s, p₁ ≤ x }, infinite where it has none. A point (x, y) is attained by
/// run s iff y ≥ y_s(x). The surface of level q is x ↦ the ⌈q S⌉-th smallest of y_1(x) … y_S(x): at least q of the S runs attain what lies on it or
/// above (Grunert da Fonseca, Fonseca and Hall 2001; Fonseca, Guerreiro, López-Ibáñez and Paquete 2011).
/// </remarks>
internal static class AttainmentSurface
{
    /// <summary>The corners of a surface, the first objective ascending; empty when too few runs attain anything.</summary>
    /// <param name="runs">S ≥ 1 runs; their points need not be non-dominated.</param>
    /// <param name="level">q in (0, 1].</param>
    public static IReadOnlyList<(double X, double Y)> Of(IReadOnlyList<IReadOnlyList<(double X, double Y)>> runs, double level)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 1);
        int needed = (int)Math.Ceiling((level * runs.Count) - 1e-9);
        double[] reached = [.. runs.Select(_ => double.PositiveInfinity)];
        var corners = new List<(double X, double Y)>();
        foreach (var column in runs.SelectMany((run, s) => run.Select(point => (s, point))).GroupBy(one => one.point.X).OrderBy(column => column.Key))
        {
            foreach (var (s, point) in column) reached[s] = Math.Min(reached[s], point.Y);
            double y = reached.Order().ElementAt(needed - 1);
            if (double.IsFinite(y) && (corners.Count == 0 || y < corners[^1].Y)) corners.Add((column.Key, y));
        }

        return corners;
    }
}
