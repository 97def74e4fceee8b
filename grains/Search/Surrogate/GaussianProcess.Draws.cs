using System.Numerics.Tensors;

namespace Distributed.Search;

/// <content>Draws of the values behind noisy trials.</content>
internal sealed partial class GaussianProcess
{
    /// <summary>How many draws of the values at the trials there are; 1 where these are known.</summary>
    public int Draws => _draws.Length;

    /// <summary>
    /// The process with given hyperparameters as it would be if the values at the trials were known without noise, for some draws of these from
    /// what is known of them. An improvement is then not expected from doing a trial again, and what only noise has put on the front is
    /// there in some draws only: noisy expected improvement (Letham, Karrer, Ottoni and Bakshy 2019).
    /// </summary>
    /// <remarks>
    /// f = f₀ + k (k + S)⁻¹ (y − f₀ − e) with f₀ ~ N(0, k), e ~ N(0, S) is a draw given y (Matheron's rule); k⁻¹ f = k⁻¹ f₀ + (k + S)⁻¹ (y − f₀ − e).
    /// </remarks>
    /// <param name="data">At least one trial.</param>
    /// <param name="theta">ln ℓ_1 … ln ℓ_d, ln A, η.</param>
    /// <param name="kind">Its kernel.</param>
    /// <param name="draws">How many.</param>
    /// <param name="random">Where they come from.</param>
    public static GaussianProcess Drawn(TrainingSet data, double[] theta, KernelKind kind, int draws, SeededRandom random)
    {
        var noisy = At(data, theta, kind);
        var exact = At(data with { Variances = new double[data.Variances.Count] }, Hyperparameters.Quiet(theta), kind)._factor;
        (_, double[] targets, double[] variances) = data.Standardized(Hyperparameters.Amplitude(theta));
        double[] Draw(int number)
        {
            double[] white = [.. targets.Select(_ => random.NextNormal())];
            double[] prior = exact.Multiply(white);
            double[] rest = [.. targets.Select((y, i) => y - prior[i] - (random.NextNormal()
                * Math.Sqrt(Hyperparameters.Noise(theta) + variances[i])))];
            exact.SolveTransposed(white);
            TensorPrimitives.Add<double>(white, noisy._factor.SolveBoth(rest), white);
            return white;
        }

        return new(noisy, exact, noisy._alpha, [.. Enumerable.Range(0, draws).Select(Draw)], noisy._columns, Hyperparameters.LeastNoise);
    }

    /// <summary>What each draw expects at a point.</summary>
    /// <param name="point">Length d.</param>
    /// <param name="means">Receives the mean of each draw, in natural units.</param>
    /// <returns>The mean over all draws there could be, and the deviation of each.</returns>
    public Prediction Predict(ReadOnlySpan<double> point, Span<double> means)
    {
        double[] kernel = new double[_alpha.Length];
        double[] solved = new double[_alpha.Length];
        Kernel(point, kernel, solved, new double[_alpha.Length], new double[_alpha.Length]);
        for (int s = 0; s < means.Length; s++) means[s] = _scale.Mean + (_scale.Deviation * TensorPrimitives.Dot<double>(kernel, _draws[s]));
        double mean = TensorPrimitives.Dot<double>(kernel, _alpha);
        _factor.Solve(kernel, solved);
        return Natural(mean, 1 + Trend.Of(point, _ordered) - TensorPrimitives.SumOfSquares<double>(solved));
    }

    /// <summary>How what each draw expects changes with the point.</summary>
    /// <param name="point">Length d.</param>
    /// <param name="ofMeans">Receives ∂mean/∂x_j of each draw.</param>
    public void Slopes(ReadOnlySpan<double> point, double[][] ofMeans)
    {
        double[] slope = new double[_alpha.Length];
        double[] weighted = new double[_alpha.Length];
        Kernel(point, weighted, slope, new double[_alpha.Length], new double[_alpha.Length]);
        for (int s = 0; s < ofMeans.Length; s++)
        {
            TensorPrimitives.Multiply<double>(_draws[s], slope, weighted);
            Slopes(point, weighted, _scale.Deviation, ofMeans[s]);
            Trend.AddSlopes(_draws[s], _columns, _ordered, _scale.Deviation, ofMeans[s]);
        }
    }
}
