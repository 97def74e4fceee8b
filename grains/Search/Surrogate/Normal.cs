namespace Distributed.Search;

/// <summary>The standard normal distribution.</summary>
/// <remarks>
/// φ density, Φ distribution function. Relative accuracy 1e-10, also in the tails: Hart's rational approximation (1968, in the form of
/// West 2005) up to √50, the continued fraction of Mills's ratio beyond.
/// </remarks>
internal static class Normal
{
    private static readonly double[] Numerator =
        [3.52624965998911e-02, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376];

    private static readonly double[] Denominator =
        [8.83883476483184e-02, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752];

    /// <summary>φ(x) = exp(−x²/2)/√(2π).</summary>
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>Φ(x) = ∫_{−∞}^x φ.</summary>
    public static double Distribution(double x)
    {
        double tail = UpperTail(Math.Abs(x));
        return x > 0 ? 1 - tail : tail;
    }

    /// <summary>E[(X − t)⁺] for X ~ N(mean, deviation²): the expected excess over t. With deviation 0 it is (mean − t)⁺.</summary>
    public static double Excess(double mean, double deviation, double t)
    {
        if (deviation <= 0) return Math.Max(0, mean - t);
        double z = (mean - t) / deviation;
        return Math.Max(0, deviation * (Density(z) + (z * Distribution(z))));
    }

    /// <summary>The x with Φ(x) = p, 0 &lt; p &lt; 1, by bisection on Φ; for tables of fixed normal points, not for inner loops.</summary>
    public static double Quantile(double p)
    {
        double low = -40;
        double high = 40;
        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (low + high);
            if (Distribution(middle) < p) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }

    /// <summary>(1 − Φ(x))/φ(x) for 0 ≤ x &lt; 7.</summary>
    public static double MillsRatio(double x) => Math.Sqrt(2 * Math.PI) * Polynomial(Numerator, x) / Polynomial(Denominator, x);

    /// <summary>1 − Φ(x) for x ≥ 0.</summary>
    private static double UpperTail(double x)
    {
        if (x > 37) return 0;
        double density = Math.Exp(-0.5 * x * x);
        if (x < 7.07106781186547) return density * Polynomial(Numerator, x) / Polynomial(Denominator, x);
        double fraction = x;
        for (int k = 16; k > 0; k--) fraction = x + (k / fraction);
        return density / (fraction * Math.Sqrt(2 * Math.PI));
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        double sum = 0;
        foreach (double coefficient in coefficients) sum = (sum * x) + coefficient;
        return sum;
    }
}
