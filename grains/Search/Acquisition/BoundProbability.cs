namespace Distributed.Search;

/// <summary>How probable it is that a normal value keeps a bound, in logarithms, so that its gradient lives on where it is improbable.</summary>
/// <remarks>Value N(μ, σ²): ln Φ((μ − least)/σ) + ln Φ((most − μ)/σ) (Gardner and others 2014; in logarithms Ament and others 2023).</remarks>
internal static class BoundProbability
{
    /// <param name="bound">At least, at most or both.</param>
    /// <param name="value">What is expected; its deviation is above 0.</param>
    /// <param name="byMean">The derivative by μ.</param>
    /// <param name="byDeviation">The derivative by σ.</param>
    public static double Log(Constraint bound, Prediction value, out double byMean, out double byDeviation)
    {
        (byMean, byDeviation) = (0, 0);
        double step = 1 / value.Deviation;
        double sum = 0;
        if (bound.AtLeast is { } least) sum += Side((value.Mean - least) * step, step, ref byMean, ref byDeviation);
        if (bound.AtMost is { } most) sum += Side((most - value.Mean) * step, -step, ref byMean, ref byDeviation);
        return sum;
    }

    private static double Side(double z, double step, ref double byMean, ref double byDeviation)
    {
        (double value, double slope) = NormalTail.LogDistribution(z);
        byMean += slope * step;
        byDeviation -= slope * z * Math.Abs(step);
        return value;
    }
}
