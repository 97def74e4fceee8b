using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>Exact costs of every operator for one input: multiply-accumulates, and parameters (trainable ones and BatchNormalization statistics).</summary>
/// <remarks>
/// Multiply-accumulates are those of convolutions and matrix products; biases, normalisation, activations and pools count as none, as is usual.
/// A parameter that several nodes read is counted at the first of them. Every float initializer of 2 elements or more that a node reads is a
/// parameter; single floats are settings (a bound, a scale), whole numbers are shapes, but where DequantizeLinear makes a node's weights of them.
/// </remarks>
internal static class OperatorCosts
{
    private static readonly string[] Learned =
    [
        "Add", "BatchNormalization", "Conv", "ConvTranspose", "Gather", "Gemm", "GroupNormalization", "InstanceNormalization", "LayerNormalization",
        "MatMul", "Mul", "PRelu",
    ];

    /// <summary>One entry a node, in the network's order.</summary>
    /// <param name="network">The network.</param>
    /// <param name="shapes">Its shapes for a batch of 1.</param>
    public static IReadOnlyList<OperatorCost> Of(Network network, IReadOnlyDictionary<string, ImmutableArray<int>> shapes)
    {
        var counted = new HashSet<string>(StringComparer.Ordinal);
        var stored = network.Nodes.Where(node => node.Operator == "DequantizeLinear" && network.Initializers.ContainsKey(node.Inputs[0]))
            .ToDictionary(node => node.Output, node => node.Inputs[0], StringComparer.Ordinal);
        return [.. network.Nodes.Select(node => new OperatorCost(node.Name, node.Operator, Macs(node, shapes), Parameters(network, node, stored, counted)))];
    }

    private static long Macs(Node node, IReadOnlyDictionary<string, ImmutableArray<int>> shapes) => node.Operator switch
    {
        "Conv" => Product(shapes[node.Output]) * Product(shapes[node.Inputs[1]].AsSpan()[1..]),
        "ConvTranspose" => Product(shapes[node.Inputs[0]]) * Product(shapes[node.Inputs[1]].AsSpan()[1..]),
        "Gemm" => Product(shapes[node.Output]) * shapes[node.Inputs[0]][node.Attributes.Integer("transA", 0) != 0 ? 0 : 1],
        "MatMul" => Product(shapes[node.Output]) * shapes[node.Inputs[0]][^1],
        _ => 0,
    };

    private static long Parameters(Network network, Node node, Dictionary<string, string> stored, HashSet<string> counted)
    {
        if (!Learned.Contains(node.Operator)) return 0;
        long sum = 0;
        foreach (string input in node.Inputs)
        {
            bool isQuantized = stored.TryGetValue(input, out string? integers);
            string name = integers ?? input;
            if (network.Initializers.TryGetValue(name, out var tensor) && (isQuantized || tensor is FloatTensor) && tensor.Length > 1 && counted.Add(name))
                sum += tensor.Length;
        }

        return sum;
    }

    private static long Product(ImmutableArray<int> shape) => Product(shape.AsSpan());

    private static long Product(ReadOnlySpan<int> shape)
    {
        long product = 1;
        foreach (int size in shape) product = checked(product * size);
        return product;
    }
}

/// <summary>What one operator costs.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Operator">The ONNX operator.</param>
/// <param name="Macs">Multiply-accumulates for one input.</param>
/// <param name="Parameters">Trainable parameters and BatchNormalization statistics.</param>
internal sealed record OperatorCost(string Node, string Operator, long Macs, long Parameters);
