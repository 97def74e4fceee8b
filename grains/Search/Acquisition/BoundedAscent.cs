using System.Numerics.Tensors;

namespace Distributed.Search;

/// <summary>Climbs a smooth function inside a box: limited-memory BFGS on the coordinates that are not held at a bound.</summary>
/// <remarks>
/// Notation: f: [l, u] → R, g its gradient. A coordinate at a bound whose gradient points outwards is held; the others take the
/// quasi-Newton step, projected onto the box, halved until f rises enough (two-metric projection, Bertsekas 1982; Kim, Sra and Dhillon 2010).
/// </remarks>
internal static class BoundedAscent
{
    private const int Memory = 8;
    private const double Armijo = 1e-4;

    /// <summary>A local maximum near the start.</summary>
    /// <param name="f">Fills the gradient and returns the value; −∞ or NaN where it is not defined.</param>
    /// <param name="start">In the box.</param>
    /// <param name="box">l and u; a coordinate where they are equal stays as it is.</param>
    /// <param name="evaluations">How often f may be evaluated.</param>
    public static (double[] Point, double Value) Maximize(Lbfgs.Objective f, ReadOnlySpan<double> start, (double[] Lower, double[] Upper) box, int evaluations)
    {
        double[] x = start.ToArray();
        double[] g = new double[x.Length];
        double value = f(x, g);
        var curvature = new Curvature(Memory);
        int left = evaluations - 1;
        while (left > 0 && double.IsFinite(value))
        {
            bool[] moves = [.. x.Select((at, i) => box.Lower[i] < box.Upper[i] && !(at <= box.Lower[i] && g[i] < 0) && !(at >= box.Upper[i] && g[i] > 0))];
            double[] masked = [.. g.Select((slope, i) => moves[i] ? -slope : 0)];
            if (TensorPrimitives.Norm<double>(masked) < 1e-7) break;
            double[] direction = curvature.Direction(masked, moves);
            if (TensorPrimitives.Dot<double>(direction, masked) >= 0) direction = [.. masked.Select(slope => -slope)];
            double length = curvature.IsEmpty ? Math.Min(1, 0.1 / TensorPrimitives.Norm<double>(direction)) : 1;
            if (Search(f, x, value, masked, direction, length, box, ref left) is not { } next) break;
            curvature.Remember([.. next.Point.Zip(x, (a, b) => a - b)], [.. next.Gradient.Zip(g, (a, b) => b - a)]);
            bool converged = next.Value - value < 1e-7;
            (x, value, g) = next;
            if (converged) break;
        }

        return (x, value);
    }

    private static (double[] Point, double Value, double[] Gradient)? Search(
        Lbfgs.Objective f, double[] x, double value, double[] descent, double[] direction, double length, (double[] Lower, double[] Upper) box, ref int left)
    {
        for (int halvings = 0; halvings < 12 && left > 0; halvings++, length /= 2)
        {
            double[] point = [.. x.Select((at, i) => Math.Clamp(at + (length * direction[i]), box.Lower[i], box.Upper[i]))];
            double[] gradient = new double[x.Length];
            double next = f(point, gradient);
            left--;
            double rise = 0;
            for (int i = 0; i < x.Length; i++) rise -= descent[i] * (point[i] - x[i]);
            if (next >= value + (Armijo * rise) && next > value) return (point, next, gradient);
        }

        return null;
    }
}
