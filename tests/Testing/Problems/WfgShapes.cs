namespace Distributed.Testing;

/// <summary>The shapes of the WFG fronts (Huband, Hingston, Barone and While 2006, table X): m heights from m − 1 positions in [0, 1].</summary>
internal static class WfgShapes
{
    /// <summary>Σ h = 1.</summary>
    public static double[] Linear(double[] x) => Product(x, u => u, u => 1 - u);

    /// <summary>Σ h² = 1.</summary>
    public static double[] Concave(double[] x) => Product(x, u => Math.Sin(u * Math.PI / 2), u => Math.Cos(u * Math.PI / 2));

    /// <summary>Convex, the last height wavy with five waves.</summary>
    public static double[] Mixed(double[] x) => [.. Convex(x)[..^1], 1 - x[0] - (Math.Cos((10 * Math.PI * x[0]) + (Math.PI / 2)) / (10 * Math.PI))];

    /// <summary>Convex, the last height in five pieces.</summary>
    public static double[] Disconnected(double[] x) => [.. Convex(x)[..^1], 1 - (x[0] * Math.Pow(Math.Cos(5 * x[0] * Math.PI), 2))];

    private static double[] Convex(double[] x) => Product(x, u => 1 - Math.Cos(u * Math.PI / 2), u => 1 - Math.Sin(u * Math.PI / 2));

    /// <summary>h_i = Π_{j ≤ m − i} inner(x_j) · outer(x_{m−i+1}), without the outer factor for i = 1.</summary>
    private static double[] Product(double[] x, Func<double, double> inner, Func<double, double> outer) => [.. Enumerable.Range(0, x.Length + 1).Select(i =>
        x[..(x.Length - i)].Aggregate(1.0, (height, u) => height * inner(u)) * (i == 0 ? 1 : outer(x[x.Length - i])))];
}
