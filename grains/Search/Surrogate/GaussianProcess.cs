using System.Buffers;
using System.Numerics.Tensors;

namespace Distributed.Search;

/// <summary>A value that is not known exactly.</summary>
/// <param name="Mean">In the unit of what was learnt from: the metric's own, or its lens's.</param>
/// <param name="Deviation">Standard deviation, noise not counted; 0 for what is known.</param>
internal readonly record struct Prediction(double Mean, double Deviation);

/// <summary>A Gaussian process fitted to some trials. Immutable, and so thread safe.</summary>
/// <remarks>
/// Notation as in <see cref="MarginalLikelihood"/>; k_* = k(x_*, X) + t(x_*, X). Mean k_*ᵀα, variance 1 + t(x_*, x_*) − |L⁻¹k_*|² (Rasmussen
/// and Williams 2006, algorithm 2.1), then back to natural units. With v = K⁻¹k_*: ∂mean/∂x_* = Σ α_i ∂k_i/∂x_*, ∂variance/∂x_* = ∂t/∂x_* − 2 Σ v_i ∂k_i/∂x_*.
/// </remarks>
internal sealed partial class GaussianProcess
{
    private const double LeastVariance = 1e-12;
    private readonly KernelKind _kind;
    private readonly IReadOnlyList<bool> _ordered;
    private readonly double[] _theta;
    private readonly double[] _weights;
    private readonly Standardization _scale;
    private readonly Cholesky _factor;
    private readonly Cholesky _fitted;
    private readonly double _noise;
    private readonly double[] _alpha;
    private readonly double[][] _draws;
    private readonly double[][] _columns;

    /// <summary>A process without draws.</summary>
    private GaussianProcess(KernelKind kind, IReadOnlyList<bool> ordered, double[] theta, Standardization scale, Cholesky factor, double[] alpha, double[][] columns)
    {
        (_kind, _ordered, _theta, _scale, _columns) = (kind, ordered, theta, scale, columns);
        (_factor, _fitted, _alpha, _draws, _noise) = (factor, factor, alpha, [alpha], Hyperparameters.Noise(theta));
        _weights = [.. ordered.Select((isOrdered, j) => Math.Exp((isOrdered ? -2 : -1) * theta[j]))];
    }

    /// <summary>Another process with other deviations and draws.</summary>
    private GaussianProcess(GaussianProcess other, Cholesky factor, double[] alpha, double[][] draws, double[][] columns, double noise)
    {
        (_kind, _ordered, _theta, _scale, _weights, _fitted) = (other._kind, other._ordered, other._theta, other._scale, other._weights, other._fitted);
        (_factor, _alpha, _draws, _columns, _noise) = (factor, alpha, draws, columns, noise);
    }

    /// <summary>ln ℓ_1 … ln ℓ_d, ln A, η.</summary>
    public IReadOnlyList<double> Theta => _theta;

    /// <summary>Its kernel.</summary>
    public KernelKind Kind => _kind;

    /// <summary>What had to be added to the diagonal; 0 when nothing.</summary>
    public double Jitter => _factor.Jitter;

    /// <summary>How well it foretells its own trials, each from all others.</summary>
    public LeaveOneOut LeaveOneOut() => Search.LeaveOneOut.Of(_fitted, _alpha.AsSpan(0, _fitted.Size).ToArray(), Hyperparameters.Amplitude(_theta), _scale.Deviation);

    /// <summary>The process with given hyperparameters.</summary>
    /// <param name="data">At least one trial.</param>
    /// <param name="theta">ln ℓ_1 … ln ℓ_d, ln A, η.</param>
    /// <param name="kind">Its kernel.</param>
    public static GaussianProcess At(TrainingSet data, double[] theta, KernelKind kind)
    {
        (var scale, double[] targets, _) = data.Standardized(Hyperparameters.Amplitude(theta));
        var likelihood = MarginalLikelihood.Of(data, kind);
        var factor = Cholesky.Of(likelihood.CovarianceAt(theta))
            ?? throw new InvalidOperationException("A covariance with noise on its diagonal could not be factored; its inputs are not finite.");
        double[][] columns = [.. data.Ordered.Select((_, j) => data.Inputs.Select(input => input[j]).ToArray())];
        double[] alpha = factor.SolveBoth(targets);
        return new(kind, data.Ordered, theta, scale, factor, alpha, columns);
    }

    /// <summary>What is expected at a point.</summary>
    public Prediction Predict(ReadOnlySpan<double> point)
    {
        int n = _alpha.Length;
        double[] rented = ArrayPool<double>.Shared.Rent(4 * n);
        var kernel = rented.AsSpan(0, n);
        var solved = rented.AsSpan(n, n);
        Kernel(point, kernel, solved, rented.AsSpan(2 * n, n), rented.AsSpan(3 * n, n));
        double mean = TensorPrimitives.Dot<double>(kernel, _alpha);
        _factor.Solve(kernel, solved);
        double variance = 1 + Trend.Of(point, _ordered) - TensorPrimitives.SumOfSquares<double>(solved);
        ArrayPool<double>.Shared.Return(rented);
        return Natural(mean, variance);
    }

    /// <summary>What is expected at a point, and how that changes with the inputs that have an order; 0 for the others.</summary>
    /// <param name="point">Length d.</param>
    /// <param name="ofMean">Receives ∂mean/∂x_j.</param>
    /// <param name="ofDeviation">Receives ∂deviation/∂x_j.</param>
    public Prediction Predict(ReadOnlySpan<double> point, Span<double> ofMean, Span<double> ofDeviation)
    {
        int n = _alpha.Length;
        double[] rented = ArrayPool<double>.Shared.Rent(5 * n);
        var kernel = rented.AsSpan(0, n);
        var solved = rented.AsSpan(n, n);
        var slope = rented.AsSpan(2 * n, n);
        Kernel(point, kernel, slope, rented.AsSpan(3 * n, n), rented.AsSpan(4 * n, n));
        double mean = TensorPrimitives.Dot<double>(kernel, _alpha);
        _factor.Solve(kernel, solved);
        double variance = 1 + Trend.Of(point, _ordered) - TensorPrimitives.SumOfSquares<double>(solved);
        var value = Natural(mean, variance);
        _factor.SolveTransposed(solved);
        double chain = variance > LeastVariance ? -_scale.Deviation * _scale.Deviation / value.Deviation : 0;
        var weighted = rented.AsSpan(3 * n, n);
        TensorPrimitives.Multiply<double>(_alpha, slope, weighted);
        Slopes(point, weighted, _scale.Deviation, ofMean);
        Trend.AddSlopes(_alpha, _columns, _ordered, _scale.Deviation, ofMean);
        TensorPrimitives.Multiply<double>(solved, slope, weighted);
        Slopes(point, weighted, chain, ofDeviation);
        Trend.AddSlopes(solved, _columns, _ordered, chain, ofDeviation);
        Trend.AddSlopes(point, _ordered, -0.5 * chain, ofDeviation);
        ArrayPool<double>.Shared.Return(rented);
        return value;
    }

    /// <summary>
    /// The process as if the point had been tried and had given what is expected there (kriging believer, Ginsbourger, Le Riche and Carraro
    /// 2010): means stay as they are, deviations shrink. The factor grows by a row; nothing is fitted again.
    /// </summary>
    public GaussianProcess Believe(ReadOnlySpan<double> point)
    {
        int n = _alpha.Length;
        double[] kernel = new double[n];
        Kernel(point, kernel, new double[n], new double[n], new double[n]);
        var grown = _factor.Extend(kernel, 1 + Trend.Of(point, _ordered) + _noise);
        double[][] columns = new double[_columns.Length][];
        for (int j = 0; j < columns.Length; j++) columns[j] = [.. _columns[j], point[j]];
        return new(this, grown, [.. _alpha, 0], [.. _draws.Select(draw => (double[])[.. draw, 0])], columns, _noise);
    }

    private Prediction Natural(double mean, double variance) =>
        new(_scale.Mean + (_scale.Deviation * mean), _scale.Deviation * Math.Sqrt(Math.Max(variance, LeastVariance)));

    /// <summary>factor · Σ_i w_i ∂k_i/∂x_j, the slopes already in w: ∂k_i/∂x_j = −s_i (x_j − X_ij)/ℓ_j².</summary>
    private void Slopes(ReadOnlySpan<double> point, ReadOnlySpan<double> w, double factor, Span<double> gradient)
    {
        double sum = TensorPrimitives.Sum<double>(w);
        for (int j = 0; j < _columns.Length; j++)
            gradient[j] = _ordered[j] ? -factor * _weights[j] * ((point[j] * sum) - TensorPrimitives.Dot<double>(w, _columns[j])) : 0;
    }

    private void Kernel(ReadOnlySpan<double> point, Span<double> kernel, Span<double> slope, Span<double> squares, Span<double> different)
    {
        squares.Clear();
        different.Clear();
        for (int j = 0; j < _columns.Length; j++)
        {
            if (_ordered[j])
            {
                TensorPrimitives.Subtract<double>(_columns[j], point[j], kernel);
                TensorPrimitives.Multiply<double>(kernel, kernel, kernel);
                TensorPrimitives.MultiplyAdd<double>(kernel, _weights[j], squares, squares);
            }
            else
            {
                double[] column = _columns[j];
                for (int i = 0; i < column.Length; i++) different[i] += column[i] == point[j] ? 0 : _weights[j];
            }
        }

        Correlation.Of(_kind, squares, different, kernel, slope);
        Trend.Add(point, _columns, _ordered, kernel);
    }
}
