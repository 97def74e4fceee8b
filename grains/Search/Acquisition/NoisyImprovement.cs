namespace Distributed.Search;

/// <summary>The logarithm of the expected hypervolume improvement, the mean over draws of the values behind noisy trials.</summary>
/// <remarks>
/// NEHVI = E_f[EHVI(x | f)] with f the values at the trials (Daulton, Balandat and Bakshy 2021), each draw with a front of its own and the
/// inner expectation exact: ln (1/S) Σ_s exp(ln EHVI_s).
/// </remarks>
internal sealed class NoisyImprovement
{
    private readonly IReadOnlyList<Objective> _objectives;
    private readonly LogImprovement[] _draws;

    /// <param name="objectives">m of them.</param>
    /// <param name="fronts">For each draw the losses that are improved upon.</param>
    /// <param name="reference">Losses of the reference.</param>
    public NoisyImprovement(IReadOnlyList<Objective> objectives, IEnumerable<IReadOnlyList<double[]>> fronts, double[] reference) =>
        (_objectives, _draws) = (objectives, [.. fronts.Select(front => new LogImprovement(front, reference))]);

    /// <summary>The logarithm for what is expected of each objective; adds its gradient where one is given.</summary>
    public double Of(Expected[] expected, Span<double> gradient)
    {
        int m = expected.Length;
        var losses = new Prediction[m];
        double[] values = new double[_draws.Length];
        double[] ofMean = new double[m * _draws.Length];
        double[] ofDeviation = new double[m * _draws.Length];
        for (int s = 0; s < _draws.Length; s++)
        {
            for (int i = 0; i < m; i++) losses[i] = new(Losses.Of(_objectives[i], expected[i].Mean(s)), expected[i].Forecast.Deviation);
            values[s] = _draws[s].Of(losses, ofMean.AsSpan(s * m, m), ofDeviation.AsSpan(s * m, m));
        }

        double largest = values.Max();
        if (!double.IsFinite(largest)) return double.NegativeInfinity;
        double total = values.Sum(value => Math.Exp(value - largest));
        for (int s = 0; s < _draws.Length && !gradient.IsEmpty; s++)
        {
            double weight = Math.Exp(values[s] - largest) / total;
            for (int i = 0; i < m && weight > 0; i++)
            {
                Slopes.Add(gradient, expected[i].Slopes(s), weight * Losses.Of(_objectives[i], 1) * ofMean[(s * m) + i]);
                Slopes.Add(gradient, expected[i].OfDeviation!, weight * ofDeviation[(s * m) + i]);
            }
        }

        return largest + Math.Log(total / _draws.Length);
    }
}
