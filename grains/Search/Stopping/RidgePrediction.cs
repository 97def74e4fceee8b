namespace Distributed.Search;

/// <summary>Linear prediction of one more value from some examples, with its deviation.</summary>
/// <remarks>
/// Notation: X ∈ R^{n×p} features, standardised column by column over the examples; y ∈ R^n targets with mean ȳ; λ &gt; 0.
/// w = (XᵀX + λI)⁻¹ Xᵀ(y − ȳ); ŷ(x) = ȳ + xᵀw. With H = X(XᵀX + λI)⁻¹Xᵀ the residuals have ν = n − 1 − tr H degrees of freedom, at least 1;
/// s² = |y − ŷ|² over them, and one more value has the variance s²(1 + 1/n + xᵀ(XᵀX + λI)⁻¹x)
/// (Hoerl and Kennard 1970; Hastie, Tibshirani and Friedman 2009, sections 3.4.1 and 7.6). Of λ ∈ {1, 0.1, 0.01} the one with the least
/// generalised cross-validation n|y − ŷ|²/ν² is taken (Golub, Heath and Wahba 1979), and a smaller one only while it leaves ν ≥ n/2: few examples
/// are followed closely by any line.
/// </remarks>
internal sealed class RidgePrediction
{
    private static readonly double[] Penalties = [1, 0.1, 0.01];
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly double _target;
    private readonly int _count;
    private readonly Fit _fit;

    /// <param name="examples">Features of equal length p and their target; at least two, all finite.</param>
    public RidgePrediction(IReadOnlyList<(double[] Features, double Target)> examples)
    {
        _count = examples.Count;
        int width = examples[0].Features.Length;
        _means = [.. Enumerable.Range(0, width).Select(j => examples.Average(one => one.Features[j]))];
        _deviations = [.. Enumerable.Range(0, width).Select(j => Math.Sqrt(examples.Average(one => Square(one.Features[j] - _means[j]))))];
        _target = examples.Average(one => one.Target);
        double[][] rows = [.. examples.Select(one => Standardise(one.Features))];
        double[] targets = [.. examples.Select(one => one.Target - _target)];
        var fits = Penalties.Select(penalty => Fit.Of(rows, targets, penalty)).ToList();
        _fit = fits.Skip(1).Where(fit => fit.Freedom >= _count / 2.0).Prepend(fits[0]).MinBy(fit => fit.Validation)!;
    }

    /// <summary>ŷ and the deviation of one more value.</summary>
    public (double Mean, double Deviation) At(double[] features)
    {
        double[] row = Standardise(features);
        return (_target + _fit.Mean(row), Math.Sqrt(_fit.Variance * (1 + (1.0 / _count) + _fit.Leverage(row))));
    }

    private double[] Standardise(double[] features) =>
        [.. features.Select((value, j) => _deviations[j] > 0 ? (value - _means[j]) / _deviations[j] : 0)];

    private static double Square(double x) => x * x;

    /// <summary>The weights under one penalty.</summary>
    /// <param name="Factor">Of XᵀX + λI.</param>
    /// <param name="Weights">w.</param>
    /// <param name="Freedom">ν.</param>
    /// <param name="Variance">s².</param>
    /// <param name="Validation">n|y − ŷ|²/ν².</param>
    private sealed record Fit(Cholesky Factor, double[] Weights, double Freedom, double Variance, double Validation)
    {
        public static Fit Of(double[][] rows, double[] targets, double penalty)
        {
            int width = rows[0].Length;
            var factor = Cholesky.Of([.. Enumerable.Range(0, width).Select(j => (double[])[.. Enumerable.Range(0, j + 1).Select(k => rows.Sum(row => row[j] * row[k]) + (j == k ? penalty : 0))])])
                ?? throw new ArgumentException("The examples are not finite.", nameof(rows));
            double[] weights = factor.SolveBoth([.. Enumerable.Range(0, width).Select(j => rows.Zip(targets, (row, target) => row[j] * target).Sum())]);
            Fit fit = new(factor, weights, 0, 0, 0);
            double rest = rows.Zip(targets, (row, target) => Square(target - fit.Mean(row))).Sum();
            double freedom = Math.Max(1, rows.Length - 1 - rows.Sum(fit.Leverage));
            return fit with { Freedom = freedom, Variance = rest / freedom, Validation = rows.Length * rest / Square(freedom) };
        }

        public double Mean(double[] row) => row.Zip(Weights, (x, w) => x * w).Sum();

        public double Leverage(double[] row) => row.Zip(Factor.SolveBoth(row), (x, solved) => x * solved).Sum();
    }
}
