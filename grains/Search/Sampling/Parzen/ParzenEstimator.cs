namespace Distributed.Search;

/// <summary>A density on the unit cube: a mixture with one kernel on each of some points, and a wide one for what is not known yet.</summary>
/// <remarks>
/// Notation: n points x_i ∈ [0,1]^d with weights w_i, Σ w_i = n. p(x) ∝ K₀(x) + Σ_i w_i Π_k K(x_k; x_ik). On an ordered axis K is a normal
/// density cut to [0, 1], with deviation σ = 0.2 n^{−1/(d+4)}, at least 1/min(100, n + 2) and half a cell where values are counted; K₀ has mean ½
/// and deviation 1. On an axis of c choices K is 1 on the point's own choice, smoothed by 1/(n c) on each (the multivariate estimator of
/// Falkner, Klein and Hutter 2018 as Watanabe 2023 recommends it).
/// </remarks>
internal sealed class ParzenEstimator
{
    private readonly IReadOnlyList<Axis> _axes;
    private readonly double[][] _points;
    private readonly double[] _cumulative;
    private readonly double[] _deviations;
    private readonly double[][] _logScales;
    private readonly double[] _logWeights;

    /// <param name="axes">d of them.</param>
    /// <param name="points">n points; none is allowed.</param>
    /// <param name="weights">n weights above 0, of any sum.</param>
    public ParzenEstimator(IReadOnlyList<Axis> axes, IReadOnlyList<double[]> points, IReadOnlyList<double> weights)
    {
        (_axes, _points) = (axes, [.. points]);
        double factor = points.Count / Math.Max(weights.Sum(), double.Epsilon);
        double[] all = [.. weights.Select(weight => weight * factor), 1];
        double sum = all.Sum();
        _logWeights = [.. all.Select(weight => Math.Log(weight / sum))];
        _cumulative = new double[all.Length];
        for (int i = 0; i < all.Length; i++) _cumulative[i] = (i == 0 ? 0 : _cumulative[i - 1]) + (all[i] / sum);
        _deviations = [.. axes.Select(axis => Deviation(axis, points.Count, axes.Count))];
        _logScales = [.. _points.Select(point => axes.Select((axis, k) => axis.IsOrdered ? LogScale(point[k], _deviations[k]) : 0).ToArray())];
    }

    /// <summary>A draw.</summary>
    public double[] Draw(SeededRandom random)
    {
        double u = random.NextDouble();
        int kernel = Array.FindIndex(_cumulative, bound => u < bound);
        double[]? centre = kernel >= 0 && kernel < _points.Length ? _points[kernel] : null;
        return [.. _axes.Select((axis, k) => axis.IsOrdered ? Normal(centre?[k] ?? 0.5, centre is null ? 1 : _deviations[k], random) : Choice(axis, centre?[k], random))];
    }

    /// <summary>log p(x), up to a constant of the space.</summary>
    public double LogDensity(double[] point)
    {
        double[] terms = new double[_points.Length + 1];
        for (int i = 0; i <= _points.Length; i++)
        {
            double term = _logWeights[i];
            for (int k = 0; k < point.Length; k++) term += i < _points.Length ? LogKernel(i, k, point[k]) : LogPrior(k, point[k]);
            terms[i] = term;
        }

        double most = terms.Max();
        return most + Math.Log(terms.Sum(term => Math.Exp(term - most)));
    }

    private double LogKernel(int i, int k, double place)
    {
        if (_axes[k].IsOrdered)
        {
            double z = (place - _points[i][k]) / _deviations[k];
            return (-0.5 * z * z) - _logScales[i][k];
        }

        double choices = _axes[k].Levels!.Value;
        double smoothing = 1.0 / (_points.Length * choices);
        return Math.Log(((place == _points[i][k] ? 1 : 0) + smoothing) / (1 + (smoothing * choices)));
    }

    private double LogPrior(int k, double place) => _axes[k].IsOrdered
        ? (-0.5 * (place - 0.5) * (place - 0.5)) - LogScale(0.5, 1)
        : -Math.Log(_axes[k].Levels!.Value);

    private static double Deviation(Axis axis, int count, int dimensions)
    {
        double deviation = 0.2 * Math.Pow(Math.Max(count, 1), -1.0 / (dimensions + 4));
        double cell = axis.Levels is { } levels ? 0.5 / levels : 0;
        return Math.Max(deviation, Math.Max(cell, 1.0 / Math.Min(100, count + 2)));
    }

    /// <summary>The logarithm of σ times the normal's mass inside [0, 1]; √2π is left out everywhere.</summary>
    private static double LogScale(double mean, double deviation) =>
        Math.Log(deviation * (Search.Normal.Distribution((1 - mean) / deviation) - Search.Normal.Distribution(-mean / deviation)));

    private static double Normal(double mean, double deviation, SeededRandom random)
    {
        while (true)
        {
            double place = mean + (deviation * random.NextNormal());
            if (place is >= 0 and <= 1) return place;
        }
    }

    private double Choice(Axis axis, double? centre, SeededRandom random)
    {
        double smoothing = centre is null ? 1 : 1.0 / (1 + _points.Length);
        return random.NextDouble() < smoothing ? random.NextDouble() : centre!.Value;
    }
}
