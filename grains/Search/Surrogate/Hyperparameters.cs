namespace Distributed.Search;

/// <summary>Lengthscales, amplitude and noise of a Gaussian process, with their priors.</summary>
/// <remarks>
/// Notation: d inputs; ℓ_j lengthscale, ln ℓ_j ~ N(√2 + ½ ln d, 3) (Hvarfner, Hellsten and Nardi 2024); A amplitude, the variance of the process
/// where targets have variance 1, ln A ~ N(ln 2, 1.5²): what rises and falls gently has seen but a part of its range; s noise variance in
/// units of A, s ≥ 1e-6: ln s ~ ¼ N(−4, 1) + ¾ N(−13, 2²), so that exact targets take it to its floor and noisy ones do not.
/// The mean of the process is <see cref="Trend"/>'s, and grows with A as well. Parameters of the fit: θ_1 … θ_d = ln ℓ_1 … ln ℓ_d, θ_{d+1} = ln A,
/// θ_{d+2} = η with s = 1e-6 + e^η.
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
    private const double AmplitudeLocation = 0.693;
    private const double AmplitudeDeviation = 1.5;

    /// <summary>Noise variance in units of the amplitude.</summary>
    public static double Noise(ReadOnlySpan<double> theta) => LeastNoise + Math.Exp(theta[^1]);

    /// <summary>Variance of the process in units of the targets' variance.</summary>
    public static double Amplitude(ReadOnlySpan<double> theta) => Math.Exp(theta[^2]);

    /// <summary>The parameters without noise but its floor.</summary>
    public static double[] Quiet(ReadOnlySpan<double> theta) => [.. theta[..^1], double.NegativeInfinity];

    /// <summary>The starts of the fit: short and long lengthscales, little and much noise.</summary>
    public static IReadOnlyList<double[]> Starts(int inputs) =>
        [Start(inputs, -1.5, -9), Start(inputs, 0.5, -4), Start(inputs, 0.5, -12)];

    /// <summary>−ln p(ℓ, A, s) up to a constant, densities in ℓ, ln A and ln s; adds its gradient in θ.</summary>
    public static double Penalty(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        int d = theta.Length - 2;
        double location = Math.Sqrt(2) + (0.5 * Math.Log(d));
        double sum = 0;
        for (int j = 0; j < d; j++)
        {
            double distance = theta[j] - location;
            sum += (distance * distance / (2 * LengthVariance)) + theta[j];
            gradient[j] += (distance / LengthVariance) + 1;
        }

        double amplitude = (theta[^2] - AmplitudeLocation) / AmplitudeDeviation;
        gradient[^2] += amplitude / AmplitudeDeviation;
        double s = Noise(theta);
        (double penalty, double slope) = NoisePenalty(Math.Log(s));
        gradient[^1] += slope * Math.Exp(theta[^1]) / s;
        return sum + (0.5 * amplitude * amplitude) + penalty;
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
        double[] theta = new double[inputs + 2];
        Array.Fill(theta, shift + (0.5 * Math.Log(inputs)));
        (theta[^2], theta[^1]) = (0, eta);
        return theta;
    }
}
