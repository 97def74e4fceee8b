using Distributed.Compression.Graph;

namespace Distributed.Compression.Importance;

/// <summary>Which channel of its layer's input each weight multiplies.</summary>
internal static class WeightInputs
{
    private const int ChannelAxis = 1;
    private const int LastAxis = -1;

    /// <summary>Every use of a stored weight: the node, the value that it reads, and the axis of that value which the weight is multiplied along.</summary>
    public static IReadOnlyList<(Node Node, string Value, int Axis)> Of(Network network) =>
    [
        .. network.Nodes
            .Where(node => node.Input(1) is { } weight && network.Initializers.GetValueOrDefault(weight) is FloatTensor { Shape.Length: > 1 })
            .Where(node => !network.Initializers.ContainsKey(node.Inputs[0]) && IsProduct(node, network))
            .Select(node => (node, node.Inputs[0], node.Operator is "Conv" or "ConvTranspose" ? ChannelAxis : LastAxis)),
    ];

    /// <summary>The axis of a node's weights that its input channels stand along.</summary>
    public static int InputAxis(Node node) =>
        node.Operator is "MatMul" or "ConvTranspose" || (node.Operator == "Gemm" && node.Attributes.Integer("transB", 0) == 0) ? 0 : 1;

    /// <summary>Spreads a number for each input channel over the weights, row-major.</summary>
    /// <param name="node">The node that holds the weights.</param>
    /// <param name="weight">Them.</param>
    /// <param name="channels">A number for each input channel.</param>
    public static float[] Spread(Node node, FloatTensor weight, double[] channels)
    {
        var shape = weight.Shape;
        int inner = Tensor.Count(shape[2..]);
        bool rowsAreInputs = InputAxis(node) == 0;
        int filtersPerGroup = shape[0] / (node.Operator == "Conv" ? (int)node.Attributes.Integer("group", 1) : 1);
        float[] spread = new float[weight.Length];
        for (int i = 0; i < spread.Length; i++)
        {
            int row = i / inner / shape[1];
            int column = i / inner % shape[1];
            int channel = rowsAreInputs ? row : node.Operator == "Conv" ? (row / filtersPerGroup * shape[1]) + column : column;
            spread[i] = (float)channels[channel];
        }

        return spread;
    }

    private static bool IsProduct(Node node, Network network) => node.Operator switch
    {
        "Conv" or "ConvTranspose" => true,
        "Gemm" => node.Attributes.Integer("transA", 0) == 0,
        "MatMul" => network.Initializers[node.Inputs[1]].Shape.Length == 2,
        _ => false,
    };
}
