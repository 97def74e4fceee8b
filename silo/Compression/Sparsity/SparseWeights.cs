using System.Security.Cryptography;
using Distributed.Compression.Graph;
using Distributed.Compression.Importance;

namespace Distributed.Compression.Sparsity;

/// <summary>Takes single weights out of a network. The zeros in its weights are the mask: no other record of it is kept.</summary>
internal static class SparseWeights
{
    private const int Kept = 2;
    private const int Group = 4;

    /// <summary>The network without the given ratio of its weights.</summary>
    /// <param name="layers">Where they may be taken.</param>
    /// <param name="criterion">What they are scored by.</param>
    /// <param name="evidence">What the criterion needs, of the network that is thinned.</param>
    /// <param name="ratio">In [0, 1).</param>
    /// <param name="overall">Whether layers are compared with each other; otherwise each loses the ratio.</param>
    public static Network Unstructured(IReadOnlyList<SparseLayer> layers, string criterion, ImportanceEvidence evidence, double ratio, bool overall)
    {
        float[][] scores = [.. layers.Select(layer => WeightScores.Of(layer, criterion, evidence))];
        bool[]?[] stays = overall ? UnstructuredMask.Overall(scores, ratio) : UnstructuredMask.PerLayer(scores, ratio);
        return With(evidence.Network, layers.Zip(stays));
    }

    /// <summary>The network with two of every four neighbours along the input axis; layers whose axis is no multiple of four stay whole.</summary>
    public static Network TwoOfFour(IReadOnlyList<SparseLayer> layers, string criterion, ImportanceEvidence evidence) => With(
        evidence.Network,
        layers.Select(layer => (layer, GroupedMask.Of(
            WeightScores.Of(layer, criterion, evidence), evidence.Network.Floats(layer.Weight).Shape, layer.InputAxis, Kept, Group))));

    /// <summary>How many of a layer's weights are zero, and the SHA-256 of which (one byte each, 1 where it is not).</summary>
    public static (int Weights, int Zeros, string Mask) Count(Network network, SparseLayer layer)
    {
        float[] weights = network.Floats(layer.Weight).Data;
        byte[] mask = [.. weights.Select(weight => IsZero(weight) ? (byte)0 : (byte)1)];
        return (weights.Length, mask.Count(one => one == 0), Convert.ToHexStringLower(SHA256.HashData(mask)));
    }

    /// <summary>Whether a weight is zero in the exported file, which holds no subnormals.</summary>
    public static bool IsZero(float weight) => weight == 0 || float.IsSubnormal(weight);

    private static Network With(Network network, IEnumerable<(SparseLayer Layer, bool[]? Stays)> masks) => network with
    {
        Initializers = network.Initializers.SetItems(masks.Where(mask => mask.Stays is not null).Select(mask =>
        {
            var weights = network.Floats(mask.Layer.Weight);
            return KeyValuePair.Create<string, Tensor>(
                mask.Layer.Weight, new FloatTensor(weights.Shape, [.. weights.Data.Zip(mask.Stays!, (weight, stays) => stays ? weight : 0)]));
        })),
    };
}
