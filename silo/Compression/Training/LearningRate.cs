using Distributed.Sweeps;

namespace Distributed.Compression.Training;

/// <summary>
/// Linear warm-up from a tenth of the peak, then half a cosine to 0, or several of equal length that each begin at the peak: warm restarts
/// (Loshchilov and Hutter 2017, equation 5, with η_min = 0 and T_mult = 1).
/// </summary>
internal static class LearningRate
{
    /// <summary>Steps of the warm-up.</summary>
    public static int WarmUp(TrainingSpec spec, int steps) => (int)Math.Round(spec.Warmup * steps);

    /// <summary>The rate of a step.</summary>
    /// <param name="spec">Peak and warm-up.</param>
    /// <param name="step">0, 1, … below <paramref name="steps"/>.</param>
    /// <param name="steps">All steps.</param>
    /// <param name="restarts">How often the rate is set back to its peak after the warm-up.</param>
    public static double At(TrainingSpec spec, int step, int steps, int restarts = 0)
    {
        int warm = WarmUp(spec, steps);
        if (step < warm) return spec.LearningRate * (0.1 + (0.9 * step / warm));
        int cycle = restarts;
        while (step < Start(cycle)) cycle--;
        return spec.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * (step - Start(cycle)) / (Start(cycle + 1) - Start(cycle))));
        int Start(int number) => warm + (int)((long)(steps - warm) * number / (restarts + 1));
    }
}
