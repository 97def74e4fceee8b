using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>What a training step makes smaller. One thread; may own tensors, disposed with the <see cref="TrainingParts"/>.</summary>
internal interface ILoss
{
    /// <summary>A differentiable scalar, the mean over the batch; belongs to the caller's dispose scope.</summary>
    /// <param name="logits">N × classes.</param>
    /// <param name="batch">What they answer.</param>
    Tensor Of(Tensor logits, Batch batch);
}
