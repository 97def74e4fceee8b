namespace Distributed.Compression.Data;

/// <summary>
/// The ten shapes as signed distances: negative inside, positive outside, 0 on the edge, in units in which every shape fits the unit disk.
/// Distances of non-convex shapes are lower bounds outside, which is all that drawing an edge needs.
/// </summary>
/// <remarks>Formulas after I. Quilez, "2D distance functions". Only +, −, ×, ÷, √, min, max and |·|: exact on every machine.</remarks>
internal static class Shape
{
    private static readonly (double X, double Y)[] Triangle = [(0, -1), (0.8660254, 0.5), (-0.8660254, 0.5)];
    private static readonly (double X, double Y)[] Hexagon =
        [(1, 0), (0.5, 0.8660254), (-0.5, 0.8660254), (-1, 0), (-0.5, -0.8660254), (0.5, -0.8660254)];
    private static readonly (double X, double Y)[] Star =
    [
        (0, -1), (0.2469, -0.3398), (0.9511, -0.3090), (0.3995, 0.1298), (0.5878, 0.8090),
        (0, 0.42), (-0.5878, 0.8090), (-0.3995, 0.1298), (-0.9511, -0.3090), (-0.2469, -0.3398),
    ];

    /// <summary>Names of the shapes in ordinal order; the index is the class.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["circle", "crescent", "cross", "ell", "ellipse", "hexagon", "ring", "square", "star", "triangle"];

    /// <summary>The signed distance of a point from the edge of a class's shape.</summary>
    public static double Distance(int kind, double x, double y) => kind switch
    {
        0 => Length(x, y) - 0.9,
        1 => Math.Max(Length(x, y) - 0.95, 0.75 - Length(x - 0.45, y)),
        2 => Math.Min(Box(x, y, 0.95, 0.28), Box(x, y, 0.28, 0.95)),
        3 => Math.Min(Box(x + 0.45, y, 0.25, 0.85), Box(x + 0.05, y - 0.6, 0.65, 0.25)),
        4 => 0.55 * (Length(x, y / 0.55) - 1),
        5 => Polygon(Hexagon, x, y),
        6 => Math.Abs(Length(x, y) - 0.7) - 0.22,
        7 => Box(x, y, 0.75, 0.75),
        8 => Polygon(Star, x, y),
        9 => Polygon(Triangle, x, y),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are ten shapes."),
    };

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));

    private static double Box(double x, double y, double halfWidth, double halfHeight)
    {
        double dx = Math.Abs(x) - halfWidth;
        double dy = Math.Abs(y) - halfHeight;
        return Length(Math.Max(dx, 0), Math.Max(dy, 0)) + Math.Min(Math.Max(dx, dy), 0);
    }

    /// <summary>Distance from the nearest edge; the sign by counting the edges crossed on the way out.</summary>
    private static double Polygon((double X, double Y)[] corners, double x, double y)
    {
        double nearest = double.MaxValue;
        bool inside = false;
        var from = corners[^1];
        foreach (var to in corners)
        {
            double ex = to.X - from.X, ey = to.Y - from.Y;
            double px = x - from.X, py = y - from.Y;
            double along = Math.Clamp(((px * ex) + (py * ey)) / ((ex * ex) + (ey * ey)), 0, 1);
            double dx = px - (along * ex), dy = py - (along * ey);
            nearest = Math.Min(nearest, (dx * dx) + (dy * dy));
            if ((from.Y > y) != (to.Y > y) && x < from.X + (ex * (y - from.Y) / ey)) inside = !inside;
            from = to;
        }

        return inside ? -Math.Sqrt(nearest) : Math.Sqrt(nearest);
    }
}
