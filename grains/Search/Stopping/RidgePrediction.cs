namespace Distributed.Search;

/// <summary>Linear prediction of one more value from some examples, with its deviation.</summary>
/// <remarks>
/// Notation: X ∈ R^{n×p} features, standardised column by column over the examples; y ∈ R^n targets with mean ȳ; λ = 1.
/// w = (XᵀX + λI)⁻¹ Xᵀ(y − ȳ); ŷ(x) = ȳ + xᵀw. With H = X(XᵀX + λI)⁻¹Xᵀ the residuals have n − 1 − tr H degrees of freedom, at least 1;
/// s² = |y − ŷ|² over them, and one more value has the variance s²(1 + 1/n + xᵀ(XᵀX + λI)⁻¹x)
/// (Hoerl and Kennard 1970; Hastie, Tibshirani and Friedman 2009, sections 3.4.1 and 7.6).
/// </remarks>
internal sealed class RidgePrediction
{
    private const double Penalty = 1;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly double[] _weights;
    private readonly double _target;
    private readonly double _variance;
    private readonly int _count;
    private readonly Cholesky _factor;

    /// <param name="examples">Features of equal length p and their target; at least two, all finite.</param>
    public RidgePrediction(IReadOnlyList<(double[] Features, double Target)> examples)
    {
        _count = examples.Count;
        int width = examples[0].Features.Length;
        _means = [.. Enumerable.Range(0, width).Select(j => examples.Average(one => one.Features[j]))];
        _deviations = [.. Enumerable.Range(0, width).Select(j => Math.Sqrt(examples.Average(one => Square(one.Features[j] - _means[j]))))];
        _target = examples.Average(one => one.Target);
        double[][] rows = [.. examples.Select(one => Standardise(one.Features))];
        _factor = Cholesky.Of([.. Enumerable.Range(0, width).Select(j => (double[])[.. Enumerable.Range(0, j + 1).Select(k => rows.Sum(row => row[j] * row[k]) + (j == k ? Penalty : 0))])])
            ?? throw new ArgumentException("The examples are not finite.", nameof(examples));
        double[] moments = [.. Enumerable.Range(0, width).Select(j => rows.Zip(examples, (row, one) => row[j] * (one.Target - _target)).Sum())];
        _weights = _factor.SolveBoth(moments);
        double rest = examples.Sum(one => Square(one.Target - Mean(one.Features)));
        double freedom = Math.Max(1, _count - 1 - rows.Sum(Leverage));
        _variance = rest / freedom;
    }

    /// <summary>ŷ and the deviation of one more value.</summary>
    public (double Mean, double Deviation) At(double[] features) =>
        (Mean(features), Math.Sqrt(_variance * (1 + (1.0 / _count) + Leverage(Standardise(features)))));

    private double Mean(double[] features) => _target + Standardise(features).Zip(_weights, (x, w) => x * w).Sum();

    private double Leverage(double[] row) => row.Zip(_factor.SolveBoth(row), (x, solved) => x * solved).Sum();

    private double[] Standardise(double[] features) =>
        [.. features.Select((value, j) => _deviations[j] > 0 ? (value - _means[j]) / _deviations[j] : 0)];

    private static double Square(double x) => x * x;
}
