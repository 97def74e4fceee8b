namespace Distributed.Compression.Graph;

/// <summary>Operators that normalise by statistics.</summary>
internal static class NormalizationShapes
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeInference>> Rules { get; } = new Dictionary<string, Action<NodeInference>>
    {
        ["BatchNormalization"] = Batch,
        ["InstanceNormalization"] = Instance,
        ["GroupNormalization"] = Groups,
        ["LayerNormalization"] = Layer,
        ["RMSNormalization"] = Layer,
        ["LpNormalization"] = node => node.Give(node.Shape(0)),
        ["MeanVarianceNormalization"] = node => node.Give(node.Shape(0)),
    };

    private static void Batch(NodeInference node)
    {
        var input = node.Shape(0, 2);
        for (int i = 1; i < 5; i++) CheckChannels(node, i, input[1]);
        node.Give(input);
        for (int i = 1; i < node.Node.Outputs.Length; i++) node.Give(i, [input[1]], node.Input(0).Type);
    }

    private static void Instance(NodeInference node)
    {
        var input = node.Shape(0, 3);
        CheckChannels(node, 1, input[1]);
        CheckChannels(node, 2, input[1]);
        node.Give(input);
    }

    /// <summary>Scale and shift are one a group before operator set 21, one a channel from then on.</summary>
    private static void Groups(NodeInference node)
    {
        var input = node.Shape(0, 3);
        long groups = node.Node.Attributes.Integer("num_groups", 0);
        if (groups < 1 || groups > input[1] || input[1] % groups != 0) throw node.Error(Invariant($"{input[1]} channels cannot be in {groups} groups"));
        for (int i = 1; i < 3; i++) CheckChannels(node, i, node.Opset < 21 ? (int)groups : input[1]);
        node.Give(input);
    }

    private static void Layer(NodeInference node)
    {
        var input = node.Shape(0, 1);
        int axis = node.Axis(node.Node.Attributes.Integer("axis", -1), input.Length);
        node.Give(input);
        for (int i = 1; i < node.Node.Outputs.Length; i++)
            node.Give(i, input.Select((size, at) => at < axis ? size : 1), node.Input(0).Type);
    }

    private static void CheckChannels(NodeInference node, int index, int channels)
    {
        if (!node.Shape(index).SequenceEqual([channels]))
            throw node.Error(Invariant($"input {index} has the shape {NodeInference.Text(node.Shape(index))} for {channels} channels"));
    }
}
