namespace Distributed.Compression.Training;

/// <summary>Learning rate and weight decay, step by step. Pure.</summary>
internal interface ISchedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">0, 1, … below <paramref name="steps"/>.</param>
    /// <param name="steps">Steps of the run.</param>
    double Rate(int step, int steps);

    /// <summary>The weight decay of a step.</summary>
    /// <param name="step">0, 1, … below <paramref name="steps"/>.</param>
    /// <param name="steps">Steps of the run.</param>
    double WeightDecay(int step, int steps);
}
