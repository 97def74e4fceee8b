namespace Distributed.Search;

/// <summary>What the trials that were stopped at a rung would have reached, judged by those that were not.</summary>
/// <remarks>
/// Notation: a_r accuracy at rung r, a final accuracy. Completed trials give gains g_i = a_i − a_{r,i}, mean ḡ and variance s² (n of them).
/// A stopped trial counts as an observation a_r + max(0, ḡ), at most 1, with variance s²(1 + 1/n) + 0.02², the variance of predicting one
/// more gain with a floor. A rung's accuracy is never taken for a final one: with fewer than two completed trials that passed the rung the
/// stopped trial teaches the model nothing (it is still never proposed again).
/// </remarks>
internal static class StoppedTrials
{
    private const double LeastDeviation = 0.02;

    /// <summary>How far, of its epochs, a rung may lie from another to be the same; that of an earlier sweep may lie elsewhere.</summary>
    private const double SameEpochs = 0.1;

    /// <summary>The estimated final accuracy and its variance, or null.</summary>
    /// <param name="stopped">A trial without values.</param>
    /// <param name="closed">All closed trials.</param>
    public static (double Accuracy, double Variance)? Estimate(Observation stopped, IReadOnlyList<Observation> closed)
    {
        if (stopped.Values is not null || stopped.Rungs.Count == 0 || !double.IsFinite(stopped.Rungs[^1].Accuracy)) return null;
        var reached = stopped.Rungs[^1];
        double[] gains = [.. closed.SelectMany(trial => Gains(trial, reached)).Where(double.IsFinite)];
        if (gains.Length < 2) return null;
        double mean = gains.Average();
        double spread = gains.Sum(gain => (gain - mean) * (gain - mean)) / (gains.Length - 1);
        return (Math.Min(1, reached.Accuracy + Math.Max(0, mean)), (spread * (1 + (1.0 / gains.Length))) + (LeastDeviation * LeastDeviation));
    }

    private static IEnumerable<double> Gains(Observation trial, RungReport reached) => trial.Values is { } values
        ? trial.Rungs.Where(report => report.Rung == reached.Rung && Math.Abs(report.Epochs - reached.Epochs) <= SameEpochs * reached.Epochs).Select(report => values.Accuracy - report.Accuracy)
        : [];
}
