namespace Distributed.Compression.Grouping;

/// <summary>Convolutions: they end the labels of their input channels and make those of their output channels, unless they are depthwise.</summary>
internal static class ConvolutionLabels
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeLabels>> Rules { get; } = new Dictionary<string, Action<NodeLabels>>
    {
        ["Conv"] = Convolution,
        ["ConvTranspose"] = Transposed,
    };

    private static void Convolution(NodeLabels node)
    {
        if (!HasStoredWeights(node)) return;
        int channels = node.Inference.Shape(0)[1];
        int group = (int)node.Node.Attributes.Integer("group", 1);
        int[] input = node.Line(0, axis: 1);
        if (group == 1) Dense(node, input, inputAxis: 1, outputAxis: 0);
        else if (group == channels) Depthwise(node, input);
        else Grouped(node, input, group);
    }

    /// <summary>X[N, C, …], W[C, M/group, k…]; groups are left alone.</summary>
    private static void Transposed(NodeLabels node)
    {
        if (!HasStoredWeights(node)) return;
        if (node.Node.Attributes.Integer("group", 1) == 1) Dense(node, node.Line(0, axis: 1), inputAxis: 0, outputAxis: 1);
        else node.PinInputs("meets a grouped transposed convolution");
    }

    private static void Dense(NodeLabels node, int[] input, int inputAxis, int outputAxis)
    {
        node.Register(1, inputAxis, input, MemberRole.Consumer);
        node.Consume(0);
        Make(node, node.Produce(node.Inference.Shape(1)[outputAxis]), outputAxis);
    }

    /// <summary>Output channel m reads input channel m / (M/C) only: they are the same channel.</summary>
    private static void Depthwise(NodeLabels node, int[] input)
    {
        int outputs = node.Inference.Shape(1)[0];
        Make(node, [.. Enumerable.Range(0, outputs).Select(m => input[m / (outputs / input.Length)])], outputAxis: 0);
    }

    /// <summary>
    /// Every group loses the same places, as the groups share one weight tensor; or whole groups go, and with them their output channels.
    /// </summary>
    private static void Grouped(NodeLabels node, int[] input, int group)
    {
        var weight = node.Inference.Shape(1);
        int size = weight[0] / group;
        if (node.TieGroups(input, weight[1]))
        {
            Make(node, [.. Enumerable.Range(0, weight[0]).Select(m => input[m / size * weight[1]])], outputAxis: 0);
            return;
        }

        node.Register(1, 1, input[..weight[1]], MemberRole.Consumer);
        node.Consume(0);
        int[] outputs = node.Produce(size);
        Make(node, [.. Enumerable.Range(0, weight[0]).Select(m => outputs[m % size])], outputAxis: 0);
    }

    private static void Make(NodeLabels node, int[] outputs, int outputAxis)
    {
        node.Register(1, outputAxis, outputs, MemberRole.Filter);
        if (node.Inference.Has(2)) node.Register(2, 0, outputs, MemberRole.Bias);
        node.Give(0, 1, outputs);
    }

    private static bool HasStoredWeights(NodeLabels node)
    {
        bool stored = node.IsInitializer(1) && (!node.Inference.Has(2) || node.IsInitializer(2));
        if (!stored) node.PinInputs("meets weights that are computed");
        return stored;
    }
}
