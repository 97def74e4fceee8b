using System.Numerics.Tensors;

namespace Distributed.Search;

/// <summary>What the last steps of a quasi-Newton method tell of the curvature (limited-memory BFGS).</summary>
/// <remarks>
/// Notation: s step, y change of the gradient along it, ρ = 1/(sᵀy). The direction is −H g by the two-loop recursion (Nocedal and Wright
/// 2006, algorithm 7.4), over the coordinates that may move. A step is kept only when sᵀy is safely positive.
/// </remarks>
internal sealed class Curvature(int memory)
{
    private readonly LinkedList<(double[] S, double[] Y)> _steps = [];

    /// <summary>Whether nothing is remembered.</summary>
    public bool IsEmpty => _steps.Count == 0;

    /// <summary>−H g.</summary>
    /// <param name="gradient">Of the function that falls along the direction; 0 where it may not move.</param>
    /// <param name="moves">Which coordinates may move; null for all.</param>
    public double[] Direction(double[] gradient, IReadOnlyList<bool>? moves = null)
    {
        double[] q = [.. gradient.Select(value => -value)];
        var kept = _steps.Select(step => Restrict(step, moves)).Where(step => step.Rho > 0).ToList();
        double[] coefficients = new double[kept.Count];
        for (int k = kept.Count - 1; k >= 0; k--)
        {
            coefficients[k] = kept[k].Rho * TensorPrimitives.Dot<double>(kept[k].S, q);
            TensorPrimitives.MultiplyAdd<double>(kept[k].Y, -coefficients[k], q, q);
        }

        if (kept.Count > 0) TensorPrimitives.Multiply<double>(q, 1 / (kept[^1].Rho * TensorPrimitives.SumOfSquares<double>(kept[^1].Y)), q);
        for (int k = 0; k < kept.Count; k++)
        {
            double b = coefficients[k] - (kept[k].Rho * TensorPrimitives.Dot<double>(kept[k].Y, q));
            TensorPrimitives.MultiplyAdd<double>(kept[k].S, b, q, q);
        }

        return q;
    }

    /// <summary>Takes in one step.</summary>
    public void Remember(double[] s, double[] y)
    {
        if (TensorPrimitives.Dot<double>(s, y) <= 1e-10 * TensorPrimitives.SumOfSquares<double>(y)) return;
        _steps.AddLast((s, y));
        if (_steps.Count > memory) _steps.RemoveFirst();
    }

    private static (double[] S, double[] Y, double Rho) Restrict((double[] S, double[] Y) step, IReadOnlyList<bool>? moves)
    {
        (double[] s, double[] y) = step;
        if (moves is not null)
        {
            s = [.. s.Select((value, i) => moves[i] ? value : 0)];
            y = [.. y.Select((value, i) => moves[i] ? value : 0)];
        }

        double curvature = TensorPrimitives.Dot<double>(s, y);
        return (s, y, curvature > 1e-10 * TensorPrimitives.SumOfSquares<double>(y) && curvature > 0 ? 1 / curvature : 0);
    }
}
