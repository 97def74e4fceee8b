namespace Distributed.Sweeps;

/// <summary>Stochastic gradient descent with momentum, linear warm-up and cosine decay.</summary>
[GenerateSerializer, Immutable, Alias("training-spec.v1")]
public sealed record TrainingSpec
{
    /// <summary>Passes over the training split; fractions are allowed, 0 leaves the weights as they are.</summary>
    [Id(0)] public double Epochs { get; init; } = 5;

    /// <summary>The peak learning rate, after the warm-up.</summary>
    [Id(1)] public double LearningRate { get; init; } = 0.1;

    /// <summary>Images in a step.</summary>
    [Id(2)] public int BatchSize { get; init; } = 64;

    /// <summary>Momentum in [0, 1).</summary>
    [Id(3)] public double Momentum { get; init; } = 0.9;

    /// <summary>L2 penalty on convolution and linear weights; BatchNormalization and biases have none.</summary>
    [Id(4)] public double WeightDecay { get; init; } = 5e-4;

    /// <summary>The part of all steps in which the rate climbs from a tenth of its peak, in [0, 1).</summary>
    [Id(5)] public double Warmup { get; init; } = 0.1;

    /// <summary>Random crop after padding by so many pixels; 0 for none.</summary>
    [Id(6)] public int CropPadding { get; init; }

    /// <summary>Whether images are mirrored at random.</summary>
    [Id(7)] public bool Flip { get; init; }
}
