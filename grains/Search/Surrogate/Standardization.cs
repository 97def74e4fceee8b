namespace Distributed.Search;

/// <summary>Takes values to mean 0 and deviation 1, and back.</summary>
/// <param name="Mean">Of the values.</param>
/// <param name="Deviation">Of the values; a twentieth of the mean (or 1) when they are all the same.</param>
internal readonly record struct Standardization(double Mean, double Deviation)
{
    /// <summary>
    /// Learns from values after pulling outliers in: anything farther than five interquartile ranges outside the quartiles is taken to
    /// that fence. Networks that collapsed would otherwise flatten the differences between all others.
    /// </summary>
    public static (Standardization Scale, double[] Values) Of(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        double lower = sorted[sorted.Length / 4];
        double upper = sorted[sorted.Length * 3 / 4];
        double reach = upper > lower ? 5 * (upper - lower) : double.PositiveInfinity;
        double[] fenced = [.. values.Select(value => Math.Clamp(value, lower - reach, upper + reach))];
        double mean = fenced.Average();
        double deviation = Math.Sqrt(fenced.Average(value => (value - mean) * (value - mean)));
        if (deviation <= 1e-9 * (1 + Math.Abs(mean))) deviation = mean == 0 ? 1 : 0.05 * Math.Abs(mean);
        return (new(mean, deviation), [.. fenced.Select(value => (value - mean) / deviation)]);
    }
}
