using System.Numerics.Tensors;

namespace Distributed.Search;

/// <summary>The kernel: correlations of pairs of points, and how fast they change.</summary>
/// <remarks>
/// Notation, for one pair of points: for inputs with an order Δ_j their difference, r² = Σ Δ_j²/ℓ_j²; for the others δ_j = 1 where they
/// differ, h = Σ δ_j/ℓ_j. Squared exponential: k = e^{−r²/2} e^{−h}; Matérn-5/2: k = (1 + q + q²/3) e^{−q} e^{−h} with q = √5 r (Rasmussen
/// and Williams 2006, eqs. 4.9 and 4.17). The slope s is such that ∂k/∂ln ℓ_j = s Δ_j²/ℓ_j² and ∂k/∂Δ_j = −s Δ_j/ℓ_j²: it is k, or
/// 5/3 (1 + q) e^{−q} e^{−h}. The Hamming factor is a product: ℓ_j → ∞ ignores a choice, ℓ_j → 0 models each by itself.
/// An input that does not count for a candidate stands in the middle of its range, and what decides whether it counts is an input itself.
/// </remarks>
internal static class Correlation
{
    /// <summary>All arguments have one entry for each pair.</summary>
    /// <param name="kind">Which kernel.</param>
    /// <param name="squares">r²; overwritten.</param>
    /// <param name="different">h; overwritten.</param>
    /// <param name="kernel">Receives k.</param>
    /// <param name="slope">Receives s.</param>
    public static void Of(KernelKind kind, Span<double> squares, Span<double> different, Span<double> kernel, Span<double> slope)
    {
        if (kind == KernelKind.SquaredExponential)
        {
            TensorPrimitives.Multiply<double>(squares, -0.5, squares);
            TensorPrimitives.Subtract<double>(squares, different, kernel);
            TensorPrimitives.Exp<double>(kernel, kernel);
            kernel.CopyTo(slope);
            return;
        }

        var q = squares;
        TensorPrimitives.Multiply<double>(q, 5, q);
        TensorPrimitives.Sqrt<double>(q, q);
        TensorPrimitives.Add<double>(q, different, different);
        TensorPrimitives.Negate<double>(different, different);
        TensorPrimitives.Exp<double>(different, different);
        TensorPrimitives.Add<double>(q, 1, slope);
        TensorPrimitives.Multiply<double>(q, q, kernel);
        TensorPrimitives.MultiplyAdd<double>(kernel, 1.0 / 3, slope, kernel);
        TensorPrimitives.Multiply<double>(kernel, different, kernel);
        TensorPrimitives.Multiply<double>(slope, different, slope);
        TensorPrimitives.Multiply<double>(slope, 5.0 / 3, slope);
    }
}
