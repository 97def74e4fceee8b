namespace Distributed.Search;

/// <summary>
/// Draws the bad values of an objective together as far as they are skewed: candidates that are far from any front would otherwise tell the
/// model how long its lengthscales and how large its amplitude are. What is better than the median is left as it is. Improvements are counted as they are
/// modelled: those among bad values, at a front's ends, count for less.
/// </summary>
/// <remarks>
/// Notation: ℓ loss, m median, s the interquartile range over that of a standard normal (the deviation where it is 0), z = (ℓ − m)/s:
/// z ↦ z for z ≤ 0, ((1 + z)^p − 1)/p above, ln(1 + z) for p = 0: the upper half of the power transform of Yeo and Johnson (2000). p in
/// [0, 1] maximises the likelihood of normal values times its prior N(1, 0.5²) on a grid (as HEBO does, Cowen-Rivers and others 2022,
/// with both halves). The variance of a value is multiplied by the squared slope (1 + z)^(2p − 2).
/// </remarks>
/// <param name="Sign">1 where smaller is better, −1 where larger is.</param>
/// <param name="Median">Of the losses.</param>
/// <param name="Scale">Of the losses, above 0.</param>
/// <param name="Power">In [0, 1).</param>
internal sealed record LossLens(double Sign, double Median, double Scale, double Power) : ILens
{
    /// <summary>Fewer values tell nothing of their skewness.</summary>
    private const int Least = 8;

    private const int Steps = 20;
    private const double PriorDeviation = 0.5;

    /// <summary>The interquartile range of a standard normal.</summary>
    private const double NormalRange = 1.349;

    /// <summary>For the values of one objective; null where they are few, all the same, or not skewed.</summary>
    public static LossLens? Of(Direction direction, IReadOnlyList<double> values)
    {
        if (values.Count < Least) return null;
        double sign = direction == Direction.Maximize ? -1 : 1;
        double[] losses = [.. values.Select(value => sign * value).Order()];
        double median = losses[losses.Length / 2];
        double scale = (losses[losses.Length * 3 / 4] - losses[losses.Length / 4]) / NormalRange;
        if (!(scale > 0)) scale = Math.Sqrt(losses.Average(loss => (loss - median) * (loss - median)));
        if (!(scale > 0)) return null;
        double[] z = [.. losses.Select(loss => (loss - median) / scale)];
        int step = Enumerable.Range(0, Steps + 1).MaxBy(step => LogPosterior(z, (double)step / Steps));
        return step == Steps ? null : new(sign, median, scale, (double)step / Steps);
    }

    /// <inheritdoc/>
    public (double Value, double Variance) Through(double value, double variance)
    {
        double z = ((Sign * value) - Median) / Scale;
        double slope = z > 0 ? Math.Pow(1 + z, Power - 1) : 1;
        return (Sign * (Median + (Scale * Bent(z, Power))), variance * slope * slope);
    }

    /// <inheritdoc/>
    public double Back(double modelled)
    {
        double y = ((Sign * modelled) - Median) / Scale;
        double z = y <= 0 ? y : Power == 0 ? Math.Exp(y) - 1 : Math.Pow(1 + (Power * y), 1 / Power) - 1;
        return Sign * (Median + (Scale * z));
    }

    private static double Bent(double z, double power) => z <= 0 ? z : power == 0 ? Math.Log(1 + z) : (Math.Pow(1 + z, power) - 1) / power;

    /// <summary>−n/2 ln(variance of what is modelled) + Σ ln slope + ln prior, but for constants.</summary>
    private static double LogPosterior(double[] z, double power)
    {
        double[] bent = [.. z.Select(value => Bent(value, power))];
        double mean = bent.Average();
        double variance = bent.Average(value => (value - mean) * (value - mean));
        double slopes = (power - 1) * z.Sum(value => Math.Log(1 + Math.Max(0, value)));
        double prior = (power - 1) / PriorDeviation;
        return (-0.5 * z.Length * Math.Log(variance)) + slopes - (0.5 * prior * prior);
    }
}
