using Distributed.Sweeps;

namespace Distributed.Compression.Training;

/// <summary>Linear warm-up from a tenth of the peak, then half a cosine to 0 (Loshchilov and Hutter 2017, equation 5, without restarts).</summary>
internal static class LearningRate
{
    /// <summary>The rate of a step.</summary>
    /// <param name="spec">Peak and warm-up.</param>
    /// <param name="step">0, 1, … below <paramref name="steps"/>.</param>
    /// <param name="steps">All steps.</param>
    public static double At(TrainingSpec spec, int step, int steps)
    {
        int warm = (int)Math.Round(spec.Warmup * steps);
        return step < warm
            ? spec.LearningRate * (0.1 + (0.9 * step / warm))
            : spec.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * (step - warm) / (steps - warm)));
    }
}
