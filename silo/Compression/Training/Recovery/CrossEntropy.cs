using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>Mean cross-entropy; for mixed images (1 − s)·CE(first labels) + s·CE(second labels), s being the second ones' share.</summary>
internal sealed class CrossEntropy : ILoss
{
    /// <inheritdoc/>
    public Tensor Of(Tensor logits, Batch batch)
    {
        var first = nn.functional.cross_entropy(logits, batch.Labels);
        return batch.Mixed is { } mixed
            ? first.Times(1 - mixed.Share).Plus(nn.functional.cross_entropy(logits, mixed.Labels).Times(mixed.Share))
            : first;
    }
}
