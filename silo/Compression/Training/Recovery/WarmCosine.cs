using Distributed.Sweeps;

namespace Distributed.Compression.Training;

/// <summary>The default schedule: linear warm-up from a tenth of the peak, half a cosine to 0 (or several, with restarts), constant weight decay.</summary>
internal sealed class WarmCosine(TrainingSpec spec, int restarts = 0) : ISchedule
{
    /// <inheritdoc/>
    public double Rate(int step, int steps) => LearningRate.At(spec, step, steps, restarts);

    /// <inheritdoc/>
    public double WeightDecay(int step, int steps) => spec.WeightDecay;
}
