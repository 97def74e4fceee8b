namespace Distributed.Compression.Measuring;

/// <summary>Order statistics: they hold when a few runs were disturbed, which means do not.</summary>
internal static class Order
{
    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    /// <param name="values">At least one; not in order.</param>
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>The quantile with linear interpolation between neighbours (Hyndman and Fan 1996, type 7).</summary>
    /// <param name="values">At least one; not in order.</param>
    /// <param name="part">In [0, 1]: 0 is the least value, 1 the greatest.</param>
    public static double Quantile(IEnumerable<double> values, double part)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) throw new ArgumentException("There are no values.", nameof(values));
        double place = part * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    /// <summary>The median of |value − median|: 0.67 standard deviations of a normal distribution.</summary>
    public static double Deviation(IReadOnlyCollection<double> values)
    {
        double median = Median(values);
        return Median(values.Select(value => Math.Abs(value - median)));
    }
}
