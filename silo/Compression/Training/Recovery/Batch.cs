using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>What one step learns from; the tensors belong to the step's dispose scope.</summary>
/// <param name="Inputs">N × C × H × W, normalised.</param>
/// <param name="Labels">N classes.</param>
/// <param name="Mixed">What a batch transform mixed in; null where images are whole.</param>
internal sealed record Batch(Tensor Inputs, Tensor Labels, MixedLabels? Mixed = null);

/// <summary>The second label of mixed images.</summary>
/// <param name="Labels">N classes.</param>
/// <param name="Share">The part of each image that they own, in [0, 1]; the first labels own the rest.</param>
internal sealed record MixedLabels(Tensor Labels, double Share);
