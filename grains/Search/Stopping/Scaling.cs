namespace Distributed.Search;

/// <summary>Points scaled to the unit cube by their own range.</summary>
internal static class Scaling
{
    /// <summary>Each coordinate as its part of the coordinate's range over all points; 0 where all are equal.</summary>
    /// <param name="points">Of equal length.</param>
    public static double[][] ToUnit(IReadOnlyList<double[]> points)
    {
        if (points.Count == 0) return [];
        int width = points[0].Length;
        double[] low = [.. Enumerable.Range(0, width).Select(k => points.Min(point => point[k]))];
        double[] range = [.. Enumerable.Range(0, width).Select(k => points.Max(point => point[k]) - low[k])];
        return [.. points.Select(point => point.Select((value, k) => range[k] > 0 ? (value - low[k]) / range[k] : 0).ToArray())];
    }
}
