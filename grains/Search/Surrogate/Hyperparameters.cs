namespace Distributed.Search;

/// <summary>Lengthscales and noise of a Gaussian process, with their priors (Hvarfner, Hellsten and Nardi 2024).</summary>
/// <remarks>
/// Notation: d inputs; ℓ_j lengthscale, ln ℓ_j ~ N(√2 + ½ ln d, 3); s noise variance of standardised targets, ln s ~ N(−4, 1), s ≥ 1e-4.
/// Parameters of the fit: θ_j = ln ℓ_j and θ_d = η with s = 1e-4 + e^η.
/// </remarks>
internal static class Hyperparameters
{
    private const double LeastNoise = 1e-4;
    private const double NoiseLocation = -4;
    private const double LengthVariance = 3;

    public static double Noise(double eta) => LeastNoise + Math.Exp(eta);

    /// <summary>The starts of the fit: short and long lengthscales, noise at its prior's median.</summary>
    public static IReadOnlyList<double[]> Starts(int inputs) => [.. new[] { -1.5, 0.5 }.Select(shift => Start(inputs, shift))];

    /// <summary>−ln p(ℓ, s) up to a constant, densities in ℓ and s; adds its gradient in θ.</summary>
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

        double noise = Math.Log(Noise(theta[d]));
        gradient[d] += (noise - NoiseLocation + 1) * Math.Exp(theta[d]) / Noise(theta[d]);
        return sum + (0.5 * (noise - NoiseLocation) * (noise - NoiseLocation)) + noise;
    }

    private static double[] Start(int inputs, double shift)
    {
        double[] theta = new double[inputs + 1];
        Array.Fill(theta, shift + (0.5 * Math.Log(inputs)));
        theta[inputs] = NoiseLocation;
        return theta;
    }
}
