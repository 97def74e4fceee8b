namespace Distributed.Search;

/// <summary>How probable it is that a normal value keeps a bound, in logarithms, so that its gradient lives on where it is improbable.</summary>
/// <remarks>
/// Value N(μ, σ²), a = (least − μ)/σ, b = (most − μ)/σ: ln Φ(−a), ln Φ(b), or of both sides ln(Φ(b) − Φ(a)) (Gardner and others 2014; in
/// logarithms Ament and others 2023). Both sides are taken in the tail where they are small, Φ(b) − Φ(a) = Φ(−a) − Φ(−b), so that nothing
/// cancels; where they nearly meet, by the density between them.
/// </remarks>
internal static class BoundProbability
{
    private const double Meeting = 1e-7;

    /// <param name="bound">At least, at most or both.</param>
    /// <param name="value">What is expected; its deviation is above 0.</param>
    /// <param name="byMean">The derivative by μ.</param>
    /// <param name="byDeviation">The derivative by σ.</param>
    public static double Log(Constraint bound, Prediction value, out double byMean, out double byDeviation)
    {
        (byMean, byDeviation) = (0, 0);
        double step = 1 / value.Deviation;
        if (bound is { AtLeast: { } low, AtMost: { } high }) return Between((low - value.Mean) * step, (high - value.Mean) * step, step, out byMean, out byDeviation);
        double sum = 0;
        if (bound.AtLeast is { } least) sum += Side((value.Mean - least) * step, step, ref byMean, ref byDeviation);
        if (bound.AtMost is { } most) sum += Side((most - value.Mean) * step, -step, ref byMean, ref byDeviation);
        return sum;
    }

    private static double Between(double a, double b, double step, out double byMean, out double byDeviation)
    {
        (double upper, double lower) = a > 0 ? (-a, -b) : (b, a);
        double whole = NormalTail.LogDistribution(upper).Value, rest = NormalTail.LogDistribution(lower).Value;
        if (rest - whole > -Meeting)
        {
            double middle = 0.5 * (a + b);
            (byMean, byDeviation) = (middle * step, ((middle * middle) - 1) * step);
            return LogDensity(middle) + Math.Log(b - a);
        }

        double value = whole + Math.Log(-double.ExpM1(rest - whole));
        double below = Math.Exp(LogDensity(a) - value), above = Math.Exp(LogDensity(b) - value);
        (byMean, byDeviation) = ((below - above) * step, ((a * below) - (b * above)) * step);
        return value;
    }

    private static double LogDensity(double z) => -0.5 * ((z * z) + Math.Log(2 * Math.PI));

    private static double Side(double z, double step, ref double byMean, ref double byDeviation)
    {
        (double value, double slope) = NormalTail.LogDistribution(z);
        byMean += slope * step;
        byDeviation -= slope * z * Math.Abs(step);
        return value;
    }
}
