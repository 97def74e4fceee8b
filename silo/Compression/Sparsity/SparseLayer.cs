using Distributed.Compression.Graph;
using Distributed.Compression.Importance;

namespace Distributed.Compression.Sparsity;

/// <summary>A layer whose single weights may go: a product with a stored kernel or matrix. Biases and normalisations are left alone.</summary>
/// <param name="Layer">The node that reads the weights; the first where several do.</param>
/// <param name="Weight">The initializer.</param>
/// <param name="InputAxis">The axis of the weights that the layer's input channels stand along.</param>
internal sealed record SparseLayer(string Layer, string Weight, int InputAxis)
{
    /// <summary>The layers of a network, in its order; each initializer once.</summary>
    public static IReadOnlyList<SparseLayer> Of(Network network) =>
        [.. WeightInputs.Of(network).Select(use => new SparseLayer(use.Node.Name, use.Node.Inputs[1], WeightInputs.InputAxis(use.Node))).DistinctBy(layer => layer.Weight)];
}
