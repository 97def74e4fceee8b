namespace Distributed.Benchmarks;

/// <summary>Between which of n sorted values the median lies with at least 95 %, whatever their distribution is.</summary>
/// <remarks>Each value is below the median with one half: so many of them are binomial. Order statistics, David and Nagaraja 2003, section 7.1.</remarks>
internal static class MedianInterval
{
    private const double Beyond = 0.025;

    /// <summary>Places from 0; the outermost two where there are too few values for 95 %.</summary>
    public static (int Lower, int Upper) Of(int count)
    {
        double probability = Math.Pow(0.5, count), below = probability;
        int lower = 0;
        while (lower < count / 2)
        {
            // P(at most `lower` values below) so far; the next place is only taken while it stays beyond the tail.
            probability *= (count - lower) / (lower + 1.0);
            if (below + probability > Beyond) break;
            (below, lower) = (below + probability, lower + 1);
        }

        return (lower, count - 1 - lower);
    }
}
