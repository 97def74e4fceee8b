using System.Numerics.Tensors;

namespace Distributed.Search;

/// <summary>A value that is not known exactly.</summary>
/// <param name="Mean">In natural units.</param>
/// <param name="Deviation">Standard deviation, noise not counted; 0 for what is known.</param>
internal readonly record struct Prediction(double Mean, double Deviation);

/// <summary>A Gaussian process fitted to some trials. Immutable.</summary>
/// <remarks>
/// Notation as in <see cref="MarginalLikelihood"/>; k_* = k(x_*, X). Mean k_*ᵀα, variance 1 − |L⁻¹k_*|² (Rasmussen and Williams 2006,
/// algorithm 2.1), then back to natural units.
/// </remarks>
internal sealed class GaussianProcess
{
    private const int Iterations = 40;
    private readonly IReadOnlyList<bool> _ordered;
    private readonly double[] _theta;
    private readonly Standardization _scale;
    private readonly Cholesky _factor;
    private readonly double[] _alpha;
    private readonly double[][] _columns;

    private GaussianProcess(IReadOnlyList<bool> ordered, double[] theta, Standardization scale, Cholesky factor, double[] alpha, double[][] columns) =>
        (_ordered, _theta, _scale, _factor, _alpha, _columns) = (ordered, theta, scale, factor, alpha, columns);

    /// <summary>ln ℓ_1 … ln ℓ_d, η.</summary>
    public IReadOnlyList<double> Theta => _theta;

    /// <summary>What had to be added to the diagonal; 0 when nothing.</summary>
    public double Jitter => _factor.Jitter;

    /// <summary>The process whose hyperparameters are most probable (MAP), of a few starts.</summary>
    /// <param name="data">At least one trial.</param>
    public static GaussianProcess Fit(TrainingSet data)
    {
        (var scale, double[] targets) = Standardization.Of(data.Targets);
        double[] variances = [.. data.Variances.Select(variance => variance / (scale.Deviation * scale.Deviation))];
        var likelihood = new MarginalLikelihood(data.Inputs, data.Ordered, targets, variances);
        (double[] theta, double best) = (Hyperparameters.Starts(data.Ordered.Count)[0], double.PositiveInfinity);
        foreach (double[] start in Hyperparameters.Starts(data.Ordered.Count))
        {
            (double[] found, double value) = Lbfgs.Minimize(likelihood.Evaluate, start, Iterations, 1e-2);
            if (value < best) (theta, best) = (found, value);
        }

        return At(data, theta);
    }

    /// <summary>The process with given hyperparameters.</summary>
    public static GaussianProcess At(TrainingSet data, double[] theta)
    {
        (var scale, double[] targets) = Standardization.Of(data.Targets);
        double[] variances = [.. data.Variances.Select(variance => variance / (scale.Deviation * scale.Deviation))];
        var likelihood = new MarginalLikelihood(data.Inputs, data.Ordered, targets, variances);
        var factor = Cholesky.Of(likelihood.CovarianceAt(theta))
            ?? throw new InvalidOperationException("A covariance with noise on its diagonal could not be factored; its inputs are not finite.");
        double[][] columns = [.. data.Ordered.Select((_, j) => data.Inputs.Select(input => input[j]).ToArray())];
        return new(data.Ordered, theta, scale, factor, factor.SolveBoth(targets), columns);
    }

    /// <summary>What is expected at a point.</summary>
    public Prediction Predict(ReadOnlySpan<double> point)
    {
        double[] kernel = Kernel(point);
        double mean = TensorPrimitives.Dot<double>(kernel, _alpha);
        double[] solved = new double[kernel.Length];
        _factor.Solve(kernel, solved);
        double variance = 1 - TensorPrimitives.SumOfSquares<double>(solved);
        return new(_scale.Mean + (_scale.Deviation * mean), _scale.Deviation * Math.Sqrt(Math.Max(variance, 1e-12)));
    }

    /// <summary>
    /// The process as if the point had been tried and had given what is expected there (kriging believer, Ginsbourger, Le Riche and Carraro
    /// 2010): means stay as they are, deviations shrink. The factor grows by a row; nothing is fitted again.
    /// </summary>
    public GaussianProcess Believe(ReadOnlySpan<double> point)
    {
        var grown = _factor.Extend(Kernel(point), 1 + Hyperparameters.Noise(_theta[^1]));
        double[][] columns = new double[_columns.Length][];
        for (int j = 0; j < columns.Length; j++) columns[j] = [.. _columns[j], point[j]];
        return new(_ordered, _theta, _scale, grown, [.. _alpha, 0], columns);
    }

    private double[] Kernel(ReadOnlySpan<double> point)
    {
        int n = _alpha.Length;
        double[] q = new double[n];
        double[] rest = new double[n];
        for (int j = 0; j < _columns.Length; j++)
        {
            double weight = Math.Exp((_ordered[j] ? -2 : -1) * _theta[j]);
            if (_ordered[j]) AddSquares(_columns[j], point[j], weight, q);
            else AddDifferent(_columns[j], point[j], weight, rest);
        }

        TensorPrimitives.Multiply<double>(q, 5, q);
        TensorPrimitives.Sqrt<double>(q, q);
        TensorPrimitives.Add<double>(q, rest, rest);
        TensorPrimitives.Negate<double>(rest, rest);
        TensorPrimitives.Exp<double>(rest, rest);
        for (int i = 0; i < n; i++) rest[i] *= 1 + q[i] + (q[i] * q[i] / 3);
        return rest;
    }

    private static void AddSquares(double[] column, double value, double weight, double[] sum)
    {
        double[] difference = new double[sum.Length];
        TensorPrimitives.Subtract<double>(column, value, difference);
        TensorPrimitives.Multiply<double>(difference, difference, difference);
        TensorPrimitives.MultiplyAdd<double>(difference, weight, sum, sum);
    }

    private static void AddDifferent(double[] column, double value, double weight, double[] sum)
    {
        for (int i = 0; i < sum.Length; i++) sum[i] += column[i] == value ? 0 : weight;
    }
}
