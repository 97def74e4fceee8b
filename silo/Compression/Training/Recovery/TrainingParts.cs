using Distributed.Sweeps;

namespace Distributed.Compression.Training;

/// <summary>What a <see cref="Trainer"/> is put together from. Trial stages replace and add; what is disposable is disposed with it.</summary>
/// <param name="spec">Rates and decay of the default schedule.</param>
internal sealed class TrainingParts(TrainingSpec spec) : IDisposable
{
    /// <summary>What is made smaller. Default: cross-entropy.</summary>
    public ILoss Loss { get; set; } = new CrossEntropy();

    /// <summary>Rate and weight decay. Default: warm-up and cosine, constant decay.</summary>
    public ISchedule Schedule { get; set; } = new WarmCosine(spec);

    /// <summary>Applied to each batch in this order.</summary>
    public IList<IBatchTransform> Transforms { get; } = [];

    /// <summary>Applied after the loss's gradient is known.</summary>
    public IList<IRegularizer> Regularizers { get; } = [];

    /// <summary>
    /// The largest Euclidean norm of all gradients together, the regularizers' included; longer ones are shortened to it before weight decay
    /// (Pascanu, Mikolov and Bengio 2013, algorithm 1). Default: none.
    /// </summary>
    public double LargestGradient { get; set; } = double.PositiveInfinity;

    /// <summary>Applied after each update in this order.</summary>
    public IList<IAfterStep> AfterSteps { get; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in ((object[])[Loss, Schedule, .. Transforms, .. Regularizers, .. AfterSteps]).OfType<IDisposable>()) part.Dispose();
    }
}
