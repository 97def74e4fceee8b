namespace Distributed.Search;

/// <summary>The standard normal distribution divided by e^e, so that nothing of it vanishes far out.</summary>
/// <remarks>
/// e = −z²/2 for z &lt; 0 and 0 otherwise. Mills's ratio R(x) = (1 − Φ(x))/φ(x) by Hart's approximation up to 5, by its continued fraction
/// R(x) = 1/(x + F), F = 1/(x + 2/(x + 3/…)) beyond; then 1 − x R = F/(x + F) without cancellation.
/// </remarks>
/// <param name="Exponent">e.</param>
/// <param name="Distribution">Φ(z) / e^e.</param>
/// <param name="Density">φ(z) / e^e.</param>
/// <param name="Excess">h(z) / e^e with h(z) = φ(z) + z Φ(z) = E[(z − X)⁺].</param>
internal readonly record struct NormalTail(double Exponent, double Distribution, double Density, double Excess)
{
    private const double Root = 0.3989422804014327;
    private const int Depth = 24;

    /// <summary>At z.</summary>
    public static NormalTail At(double z)
    {
        double x = Math.Abs(z);
        (double ratio, double remainder) = Mills(x);
        if (z < 0) return new(-0.5 * x * x, Root * ratio, Root, Root * remainder);
        double density = Normal.Density(x);
        double distribution = 1 - (density * ratio);
        return new(0, distribution, density, density + (x * distribution));
    }

    /// <summary>ln Φ(z) and its derivative φ(z)/Φ(z).</summary>
    public static (double Value, double Slope) LogDistribution(double z)
    {
        var tail = At(z);
        return (tail.Exponent + Math.Log(tail.Distribution), tail.Density / tail.Distribution);
    }

    /// <summary>R(x) and 1 − x R(x), x ≥ 0.</summary>
    private static (double Ratio, double Remainder) Mills(double x)
    {
        if (x < 5)
        {
            double ratio = Normal.MillsRatio(x);
            return (ratio, 1 - (x * ratio));
        }

        double fraction = x;
        for (int k = Depth; k > 1; k--) fraction = x + (k / fraction);
        double f = 1 / fraction;
        return (1 / (x + f), f / (x + f));
    }
}
