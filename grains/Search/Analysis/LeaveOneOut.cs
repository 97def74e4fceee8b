namespace Distributed.Search;

/// <summary>How well a Gaussian process foretells each of its own trials from all the others, its hyperparameters left as they are.</summary>
/// <remarks>
/// Notation: K ∈ R^{n×n} covariance with noise, y targets, α = K⁻¹y. Left out, trial i is foretold with error y_i − μ_i = α_i/[K⁻¹]_ii and
/// variance σ_i² = 1/[K⁻¹]_ii, its noise counted (Rasmussen and Williams 2006, equation 5.12). z_i = (y_i − μ_i)/σ_i.
/// </remarks>
/// <param name="Errors">n errors, standardised units.</param>
/// <param name="Deviations">n deviations, standardised units.</param>
/// <param name="Unit">The metric's unit in one standardised unit.</param>
internal sealed record LeaveOneOut(IReadOnlyList<double> Errors, IReadOnlyList<double> Deviations, double Unit)
{
    /// <summary>The errors in the metric's unit.</summary>
    public IReadOnlyList<double> Natural { get; init; } = [.. Errors.Select(error => Unit * error)];

    /// <param name="factor">Of K.</param>
    /// <param name="alpha">α.</param>
    /// <param name="amplitude">How often a squared standardised unit goes into the unit of K.</param>
    /// <param name="unit">The metric's unit in one unit of α's targets.</param>
    public static LeaveOneOut Of(Cholesky factor, IReadOnlyList<double> alpha, double amplitude, double unit)
    {
        double root = Math.Sqrt(amplitude);
        double[] diagonal = [.. factor.Inverse().Select((row, i) => row[i])];
        return new([.. alpha.Select((value, i) => root * value / diagonal[i])], [.. diagonal.Select(entry => root / Math.Sqrt(entry))], unit / root);
    }

    /// <summary>1 − Σ error² / Σ (y − ȳ)²; standardised targets have Σ (y − ȳ)² = n.</summary>
    public double Explained => 1 - Errors.Average(error => error * error);

    /// <summary>Root of the mean squared error, in the metric's unit.</summary>
    public double Error => Math.Sqrt(Natural.Average(error => error * error));

    /// <summary>√(mean z²).</summary>
    public double Spread => Math.Sqrt(Errors.Zip(Deviations, (error, deviation) => error / deviation).Average(z => z * z));

    /// <summary>The part of the trials with |z| at most the bound.</summary>
    public double Within(double bound) => Errors.Zip(Deviations).Average(pair => Math.Abs(pair.First) <= bound * pair.Second ? 1.0 : 0);
}
