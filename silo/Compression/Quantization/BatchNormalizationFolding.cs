using System.Collections.Immutable;
using Distributed.Compression.Graph;

namespace Distributed.Compression.Quantization;

/// <summary>Folds BatchNormalization into the convolution before it, so that one integer kernel does both.</summary>
/// <remarks>
/// With a = γ / √(σ² + ε): w' = a · w, b' = β + a · (b − μ). A normalisation that follows no convolution of its own becomes a depthwise 1×1
/// convolution with weight a and bias β − a · μ, which integers hold as well as floats do: it has one weight a channel. Statistics are used
/// as they stand, so this belongs after the last training with batch statistics.
/// </remarks>
internal static class BatchNormalizationFolding
{
    /// <summary>The network without BatchNormalization wherever it reads images (N × C × …).</summary>
    public static Network Apply(Network network)
    {
        var shapes = ShapeInference.Infer(network, 1);
        var readers = network.Nodes.SelectMany(node => node.Inputs).Concat(network.Outputs.Select(output => output.Name))
            .GroupBy(name => name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var producers = network.Nodes.SelectMany(node => node.Outputs.Select(output => (output, node))).ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        Node? Convolution(Node node) => node.Operator == "BatchNormalization" && producers.GetValueOrDefault(node.Inputs[0]) is { Operator: "Conv" } conv
            && readers[conv.Output] == 1 && network.Initializers.ContainsKey(conv.Inputs[1]) && readers[conv.Inputs[1]] == 1 ? conv : null;
        var folded = network.Nodes.Select(Convolution).OfType<Node>().ToHashSet();
        var edit = new NetworkEdit(network);
        foreach (var node in network.Nodes.Where(node => !folded.Contains(node)))
        {
            if (Convolution(node) is { } conv) edit.Nodes.Add(Folded(network, edit, conv, node));
            else if (node.Operator == "BatchNormalization" && shapes[node.Inputs[0]].Length > 2) edit.Nodes.Add(Depthwise(network, edit, node, shapes[node.Inputs[0]]));
            else edit.Nodes.Add(node);
        }

        return DeadCode.Apply(edit.Done());
    }

    private static Node Folded(Network network, NetworkEdit edit, Node conv, Node normalization)
    {
        (float[] scale, float[] shift) = Affine(network, normalization);
        var weights = network.Floats(conv.Inputs[1]);
        float[] bias = conv.Input(2) is { } name ? network.Floats(name).Data : new float[scale.Length];
        int each = weights.Data.Length / scale.Length;
        float[] scaled = [.. weights.Data.Select((weight, i) => weight * scale[i / each])];
        edit.Initializers[conv.Inputs[1]] = new FloatTensor(weights.Shape, scaled);
        string shifted = edit.Constant($"{conv.Name}.bias", new FloatTensor([scale.Length], [.. bias.Select((value, i) => (value * scale[i]) + shift[i])]));
        return conv with { Inputs = [conv.Inputs[0], conv.Inputs[1], shifted], Outputs = normalization.Outputs };
    }

    private static Node Depthwise(Network network, NetworkEdit edit, Node node, ImmutableArray<int> shape)
    {
        (float[] scale, float[] shift) = Affine(network, node);
        ImmutableArray<int> kernel = [scale.Length, 1, .. Enumerable.Repeat(1, shape.Length - 2)];
        return new()
        {
            Name = node.Name,
            Operator = "Conv",
            Inputs = [node.Inputs[0], edit.Constant($"{node.Name}.weight", new FloatTensor(kernel, scale)), edit.Constant($"{node.Name}.bias", new FloatTensor([scale.Length], shift))],
            Outputs = node.Outputs,
            Attributes = Attributes.Empty.With("group", (long)scale.Length),
        };
    }

    /// <summary>The normalisation as scale · x + shift, for each channel.</summary>
    private static (float[] Scale, float[] Shift) Affine(Network network, Node node)
    {
        float[] Vector(int input) => network.Floats(node.Inputs[input]).Data;
        double epsilon = node.Attributes.Real("epsilon", 1e-5);
        double[] scale = [.. Vector(1).Zip(Vector(4), (gamma, variance) => gamma / Math.Sqrt(variance + epsilon))];
        float[] beta = Vector(2), mean = Vector(3);
        return ([.. scale.Select(value => (float)value)], [.. scale.Select((value, i) => (float)(beta[i] - (value * mean[i])))]);
    }
}
