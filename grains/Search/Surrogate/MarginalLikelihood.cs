using System.Numerics.Tensors;

namespace Distributed.Search;

/// <summary>The negative log posterior of the hyperparameters, with its gradient.</summary>
/// <remarks>
/// Notation: x_i ∈ R^d inputs, y ∈ R^n standardised targets, v_i their known variances; k and its slope s as in <see cref="Correlation"/>,
/// with Δ_j = x_ij − x_kj and δ_j = 1[x_ij ≠ x_kj]; t the <see cref="Trend"/>;
/// K = k + t + diag(s + v_i/A), and y ~ N(0, A K).
/// −log p(θ | y) = ½ zᵀα + ½ log det K + ½ n log A + penalty(θ), z = y/√A, α = K⁻¹z; ∂/∂θ_j = −½ tr((ααᵀ − K⁻¹) ∂K/∂θ_j)
/// (Rasmussen and Williams 2006, eq. 5.9), with ∂k/∂ln ℓ_j = s Δ_j²/ℓ_j², or k δ_j/ℓ_j; by ln A it is besides ½ (n − zᵀα).
/// Everything over pairs i &gt; k is packed row by row into vectors of length n(n−1)/2. Not thread safe: the vectors are reused.
/// </remarks>
internal sealed class MarginalLikelihood
{
    private readonly KernelKind _kind;
    private readonly IReadOnlyList<bool> _ordered;
    private readonly double[] _targets;
    private readonly double[] _variances;
    private readonly double[][] _trend;
    private readonly double[][] _differences;
    private readonly double[] _q;
    private readonly double[] _hamming;
    private readonly double[] _kernel;
    private readonly double[] _slope;

    /// <param name="inputs">n points.</param>
    /// <param name="ordered">d flags.</param>
    /// <param name="targets">Standardised.</param>
    /// <param name="variances">In units of the standardised targets.</param>
    /// <param name="kind">The kernel.</param>
    public MarginalLikelihood(IReadOnlyList<double[]> inputs, IReadOnlyList<bool> ordered, double[] targets, double[] variances, KernelKind kind)
    {
        (_ordered, _targets, _variances, _kind) = (ordered, targets, variances, kind);
        _trend = [.. inputs.Select((a, i) => inputs.Take(i + 1).Select(b => Trend.Of(Trend.Product(a, b, ordered))).ToArray())];
        _differences = [.. ordered.Select((isOrdered, j) => Pairs(inputs, j, isOrdered))];
        int pairs = inputs.Count * (inputs.Count - 1) / 2;
        (_q, _hamming, _kernel, _slope) = (new double[pairs], new double[pairs], new double[pairs], new double[pairs]);
    }

    /// <summary>The likelihood of some trials, standardised.</summary>
    public static MarginalLikelihood Of(TrainingSet data, KernelKind kind)
    {
        (_, double[] targets, double[] variances) = data.Standardized(amplitude: 1);
        return new(data.Inputs, data.Ordered, targets, variances, kind);
    }

    /// <summary>Value at θ, and its gradient; NaN where K cannot be factored.</summary>
    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        gradient.Clear();
        FillKernel(theta);
        if (Cholesky.Of(Covariance(theta)) is not { } factor) return double.NaN;
        double[] targets = new double[_targets.Length];
        TensorPrimitives.Divide<double>(_targets, Math.Sqrt(Hyperparameters.Amplitude(theta)), targets);
        double[] alpha = factor.SolveBoth(targets);
        double agreement = TensorPrimitives.Dot<double>(targets, alpha);
        gradient[^2] += 0.5 * (targets.Length - agreement);
        AddGradient(theta, factor.Inverse(), alpha, gradient);
        return (0.5 * (agreement + factor.LogDeterminant() + (targets.Length * theta[^2]))) + Hyperparameters.Penalty(theta, gradient);
    }

    /// <summary>K as rows of its lower half. Call after the kernel is filled.</summary>
    private double[][] Covariance(ReadOnlySpan<double> theta)
    {
        double noise = Hyperparameters.Noise(theta);
        double amplitude = Hyperparameters.Amplitude(theta);
        double[][] rows = new double[_targets.Length][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new double[i + 1];
            _kernel.AsSpan(i * (i - 1) / 2, i).CopyTo(rows[i]);
            rows[i][i] = 1 + noise + (_variances[i] / amplitude);
            TensorPrimitives.Add<double>(rows[i], _trend[i], rows[i]);
        }

        return rows;
    }

    /// <summary>K at θ as rows of its lower half.</summary>
    public double[][] CovarianceAt(ReadOnlySpan<double> theta)
    {
        FillKernel(theta);
        return Covariance(theta);
    }

    private void FillKernel(ReadOnlySpan<double> theta)
    {
        Array.Clear(_q);
        Array.Clear(_hamming);
        for (int j = 0; j < _differences.Length; j++)
        {
            double[] sum = _ordered[j] ? _q : _hamming;
            TensorPrimitives.MultiplyAdd<double>(_differences[j], Weight(theta, j), sum, sum);
        }

        Correlation.Of(_kind, _q, _hamming, _kernel, _slope);
    }

    /// <summary>1/ℓ² or, without an order, 1/ℓ.</summary>
    private double Weight(ReadOnlySpan<double> theta, int j) => Math.Exp((_ordered[j] ? -2 : -1) * theta[j]);

    private void AddGradient(ReadOnlySpan<double> theta, double[][] inverse, double[] alpha, Span<double> gradient)
    {
        double trace = 0;
        double known = 0;
        for (int i = 0; i < alpha.Length; i++)
        {
            var row = inverse[i].AsSpan(0, i);
            TensorPrimitives.Negate<double>(row, row);
            TensorPrimitives.MultiplyAdd<double>(alpha.AsSpan(0, i), alpha[i], row, row);
            double weight = (alpha[i] * alpha[i]) - inverse[i][i];
            trace += weight;
            known += weight * _variances[i];
            var packed = _q.AsSpan(i * (i - 1) / 2, i);
            row.CopyTo(packed);
        }

        // From here on _q holds ααᵀ − K⁻¹, and slope and kernel are weighed by it.
        TensorPrimitives.Multiply<double>(_slope, _q, _slope);
        TensorPrimitives.Multiply<double>(_kernel, _q, _kernel);
        for (int j = 0; j < _differences.Length; j++)
            gradient[j] -= Weight(theta, j) * TensorPrimitives.Dot<double>(_differences[j], _ordered[j] ? _slope : _kernel);
        gradient[^1] -= 0.5 * Math.Exp(theta[^1]) * trace;
        gradient[^2] += 0.5 * known / Hyperparameters.Amplitude(theta);
    }

    private static double[] Pairs(IReadOnlyList<double[]> inputs, int j, bool ordered)
    {
        double[] pairs = new double[inputs.Count * (inputs.Count - 1) / 2];
        int at = 0;
        for (int i = 0; i < inputs.Count; i++)
        {
            for (int k = 0; k < i; k++)
            {
                double difference = inputs[i][j] - inputs[k][j];
                pairs[at++] = ordered ? difference * difference : difference == 0 ? 0 : 1;
            }
        }

        return pairs;
    }
}
