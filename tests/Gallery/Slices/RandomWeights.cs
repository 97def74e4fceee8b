using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Gallery;

/// <summary>Weights for models that come without: variance-preserving matrices, scales and variances around 1, all other vectors around 0.</summary>
internal static class RandomWeights
{
    /// <summary>The network with every float initializer of two elements or more drawn anew.</summary>
    public static Network Of(Network network, ulong seed)
    {
        var random = new SeededRandom(seed, "benchmarks/weights");
        var aroundOne = network.Nodes.Where(node => node.Operator == "BatchNormalization").SelectMany(node => new[] { node.Inputs[1], node.Inputs[4] }).ToHashSet();
        var drawn = network.Initializers.ToBuilder();
        foreach (var (name, tensor) in network.Initializers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (tensor is not FloatTensor { Length: > 1 } floats) continue;
            double deviation = floats.Shape.Length > 1 ? Math.Sqrt(2.0 * floats.Shape[0] / floats.Length) : 0.2;
            drawn[name] = new FloatTensor(floats.Shape, [.. floats.Data.Select(_ => (float)(aroundOne.Contains(name)
                ? 0.5 + random.NextDouble()
                : deviation * random.NextNormal()))]);
        }

        return network with { Initializers = drawn.ToImmutable() };
    }
}
