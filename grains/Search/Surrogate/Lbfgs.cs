using System.Numerics.Tensors;

namespace Distributed.Search;

/// <summary>Limited-memory BFGS with a backtracking line search (Nocedal and Wright 2006, algorithms 7.4 and 3.1).</summary>
/// <remarks>
/// Notation: f: R^n → R smooth, g its gradient, s = x⁺ − x, y = g⁺ − g.
/// </remarks>
internal static class Lbfgs
{
    private const int Memory = 8;
    private const double Armijo = 1e-4;

    /// <summary>Value and gradient at a point: fills the gradient and returns the value; NaN or infinity where f is not defined.</summary>
    public delegate double Objective(ReadOnlySpan<double> x, Span<double> gradient);

    /// <summary>A local minimum near the start.</summary>
    /// <param name="f">What is minimised.</param>
    /// <param name="start">Where from.</param>
    /// <param name="iterations">Steps, at most.</param>
    /// <param name="tolerance">It ends where no slope is larger,</param>
    /// <param name="fall">or where a step makes f fall by less than this part of 1 + |f|.</param>
    /// <returns>The best point found and its value; the start itself when f is not defined there.</returns>
    public static (double[] Point, double Value) Minimize(Objective f, ReadOnlySpan<double> start, int iterations, double tolerance = 1e-4, double fall = 1e-9)
    {
        double[] x = start.ToArray();
        double[] gradient = new double[x.Length];
        double value = f(x, gradient);
        var curvature = new Curvature(Memory);
        for (int i = 0; i < iterations && double.IsFinite(value) && TensorPrimitives.MaxMagnitude<double>(gradient) is var g && Math.Abs(g) > tolerance; i++)
        {
            double[] direction = curvature.Direction(gradient);
            if (Search(f, x, value, gradient, direction, curvature.IsEmpty) is not { } next) break;
            bool converged = value - next.Value < fall * (1 + Math.Abs(value));
            curvature.Remember([.. next.Point.Zip(x, (a, b) => a - b)], [.. next.Gradient.Zip(gradient, (a, b) => a - b)]);
            (x, value, gradient) = next;
            if (converged) break;
        }

        return (x, value);
    }

    /// <summary>Halves the step until f falls enough; null when it never does.</summary>
    private static (double[] Point, double Value, double[] Gradient)? Search(
        Objective f, double[] x, double value, double[] gradient, double[] direction, bool first)
    {
        double slope = TensorPrimitives.Dot<double>(direction, gradient);
        if (!(slope < 0)) return null;
        double length = first ? Math.Min(1, 1 / TensorPrimitives.Norm<double>(direction)) : 1;
        for (int halvings = 0; halvings < 30; halvings++, length /= 2)
        {
            double[] point = new double[x.Length];
            double[] found = new double[x.Length];
            TensorPrimitives.MultiplyAdd<double>(direction, length, x, point);
            double next = f(point, found);
            if (next <= value + (Armijo * length * slope)) return (point, next, found);
        }

        return null;
    }
}
