namespace Distributed.Search;

/// <summary>Lengthscales and noise of a Gaussian process, with their priors.</summary>
/// <remarks>
/// Notation: d inputs; ℓ_j lengthscale, ln ℓ_j ~ N(√2 + ½ ln d, 3) (Hvarfner, Hellsten and Nardi 2024); s noise variance of standardised
/// targets, s ≥ 1e-6: ln s ~ ¼ N(−4, 1) + ¾ N(−13, 2²), so that exact targets take it to its floor and noisy ones do not.
/// The mean of the process is <see cref="Trend"/>'s. Parameters of the fit: θ_j = ln ℓ_j and θ_d = η with s = 1e-6 + e^η.
/// </remarks>
internal static class Hyperparameters
{
    /// <summary>The smallest noise variance of standardised targets.</summary>
    public const double LeastNoise = 1e-6;

    private const double NoisyLocation = -4;
    private const double ExactWeight = 0.75;
    private const double ExactLocation = -13;
    private const double ExactDeviation = 2;
    private const double LengthVariance = 3;

    public static double Noise(double eta) => LeastNoise + Math.Exp(eta);

    /// <summary>The starts of the fit: short and long lengthscales, little and much noise.</summary>
    public static IReadOnlyList<double[]> Starts(int inputs) =>
        [Start(inputs, -1.5, -9), Start(inputs, 0.5, -4), Start(inputs, 0.5, -12)];

    /// <summary>−ln p(ℓ, s) up to a constant, densities in ℓ and ln s; adds its gradient in θ.</summary>
    public static double Penalty(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        int d = theta.Length - 1;
        double location = Math.Sqrt(2) + (0.5 * Math.Log(d));
        double sum = 0;
        for (int j = 0; j < d; j++)
        {
            double distance = theta[j] - location;
            sum += (distance * distance / (2 * LengthVariance)) + theta[j];
            gradient[j] += (distance / LengthVariance) + 1;
        }

        double s = Noise(theta[d]);
        (double penalty, double slope) = NoisePenalty(Math.Log(s));
        gradient[d] += slope * Math.Exp(theta[d]) / s;
        return sum + penalty;
    }

    /// <summary>−ln of the mixture's density at v = ln s, and its derivative.</summary>
    private static (double Value, double Slope) NoisePenalty(double v)
    {
        double noisy = (1 - ExactWeight) * Normal.Density(v - NoisyLocation);
        double exact = Normal.Density((v - ExactLocation) / ExactDeviation) / ExactDeviation * ExactWeight;
        double density = noisy + exact;
        double slope = ((noisy * (v - NoisyLocation)) + (exact * (v - ExactLocation) / (ExactDeviation * ExactDeviation))) / density;
        return (-Math.Log(density), slope);
    }

    private static double[] Start(int inputs, double shift, double eta)
    {
        double[] theta = new double[inputs + 1];
        Array.Fill(theta, shift + (0.5 * Math.Log(inputs)));
        theta[inputs] = eta;
        return theta;
    }
}
