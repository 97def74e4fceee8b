using Distributed.Sweeps;

namespace Distributed.Compression.Training;

/// <summary>
/// A tenth of the weight decay while channels still go, all of it once the rate has climbed after the last slicing: sliced weights must grow
/// before they may shrink. BatchNormalization and biases have none at any time.
/// </summary>
/// <param name="rates">Rate and full decay.</param>
/// <param name="spec">Its warm-up.</param>
/// <param name="last">Whether no slicing follows.</param>
internal sealed class LowDecayWhilePruning(ISchedule rates, TrainingSpec spec, bool last) : ISchedule
{
    private const double Low = 0.1;

    /// <inheritdoc/>
    public double Rate(int step, int steps) => rates.Rate(step, steps);

    /// <inheritdoc/>
    public double WeightDecay(int step, int steps) =>
        rates.WeightDecay(step, steps) * (last && step >= LearningRate.WarmUp(spec, steps) ? 1 : Low);
}
