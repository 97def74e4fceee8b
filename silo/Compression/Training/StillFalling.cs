namespace Distributed.Compression.Training;

/// <summary>Whether a training ended too early.</summary>
internal static class StillFalling
{
    private const double Least = 0.02;

    /// <summary>
    /// The mean loss of the last tenth of the steps is below the tenth before it by more than 2 % and by more than two standard errors of
    /// the difference. Under 20 steps nothing can be said: false.
    /// </summary>
    public static bool Judge(IReadOnlyList<float> losses)
    {
        if (losses.Count < 20) return false;
        int tenth = losses.Count / 10;
        var (before, beforeError) = Mean(losses.Skip(losses.Count - (2 * tenth)).Take(tenth));
        var (last, lastError) = Mean(losses.Skip(losses.Count - tenth));
        double drop = before - last;
        return drop > Least * before && drop > 2 * Math.Sqrt(beforeError + lastError);
    }

    /// <summary>The mean and its squared standard error.</summary>
    private static (double Mean, double SquaredError) Mean(IEnumerable<float> values)
    {
        double[] all = [.. values.Select(value => (double)value)];
        double mean = all.Average();
        return (mean, all.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, all.Length - 1) / all.Length);
    }
}
