using System.Numerics.Tensors;

namespace Distributed.Search;

/// <summary>What a Gaussian process takes for its mean: a constant that may be anything, and a gentle slope along the inputs with an order.</summary>
/// <remarks>
/// Notation: u = x − ½ over the inputs with an order. The mean m + βᵀu with m ~ N(0, c), β_j ~ N(0, b) adds t(x, x') = c + b uᵀu' to the
/// covariance (Rasmussen and Williams 2006, section 2.7, explicit basis functions). c is large, so that it is as if the mean were estimated
/// (universal kriging); b is small: a slope over the whole range of about half a deviation of the targets. Both do not depend on the fit.
/// </remarks>
internal static class Trend
{
    private const double ConstantVariance = 100;
    private const double SlopeVariance = 0.2;

    /// <summary>t for uᵀu'.</summary>
    public static double Of(double product) => ConstantVariance + (SlopeVariance * product);

    /// <summary>t(x, x).</summary>
    public static double Of(ReadOnlySpan<double> point, IReadOnlyList<bool> ordered) => Of(Product(point, point, ordered));

    /// <summary>uᵀu'.</summary>
    public static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b, IReadOnlyList<bool> ordered)
    {
        double sum = 0;
        for (int j = 0; j < ordered.Count; j++) sum += ordered[j] ? (a[j] - 0.5) * (b[j] - 0.5) : 0;
        return sum;
    }

    /// <summary>Adds t of one point and each of n others.</summary>
    /// <param name="point">Length d.</param>
    /// <param name="columns">d columns of the others' coordinates.</param>
    /// <param name="ordered">d flags.</param>
    /// <param name="kernel">n values that it is added to.</param>
    public static void Add(ReadOnlySpan<double> point, double[][] columns, IReadOnlyList<bool> ordered, Span<double> kernel)
    {
        double constant = ConstantVariance;
        for (int j = 0; j < columns.Length; j++)
        {
            if (!ordered[j]) continue;
            double weight = SlopeVariance * (point[j] - 0.5);
            TensorPrimitives.MultiplyAdd<double>(columns[j], weight, kernel, kernel);
            constant -= 0.5 * weight;
        }

        TensorPrimitives.Add<double>(kernel, constant, kernel);
    }

    /// <summary>Adds factor · Σ_i w_i ∂t(x, X_i)/∂x_j.</summary>
    public static void AddSlopes(ReadOnlySpan<double> w, double[][] columns, IReadOnlyList<bool> ordered, double factor, Span<double> gradient)
    {
        double half = 0.5 * TensorPrimitives.Sum<double>(w);
        for (int j = 0; j < columns.Length; j++)
            gradient[j] += ordered[j] ? factor * SlopeVariance * (TensorPrimitives.Dot<double>(w, columns[j]) - half) : 0;
    }

    /// <summary>Adds factor · ∂t(x, x)/∂x_j.</summary>
    public static void AddSlopes(ReadOnlySpan<double> point, IReadOnlyList<bool> ordered, double factor, Span<double> gradient)
    {
        for (int j = 0; j < point.Length; j++) gradient[j] += ordered[j] ? factor * 2 * SlopeVariance * (point[j] - 0.5) : 0;
    }
}
