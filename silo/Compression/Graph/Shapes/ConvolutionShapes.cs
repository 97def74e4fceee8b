namespace Distributed.Compression.Graph;

/// <summary>Conv and ConvTranspose.</summary>
internal static class ConvolutionShapes
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeInference>> Rules { get; } = new Dictionary<string, Action<NodeInference>>
    {
        ["Conv"] = Convolution,
        ["ConvTranspose"] = Transposed,
    };

    /// <summary>X[N, C, …], W[M, C/group, k…] → [N, M, …].</summary>
    private static void Convolution(NodeInference node)
    {
        var input = node.Shape(0, 3);
        var weight = node.Shape(1, 3);
        long group = node.Node.Attributes.Integer("group", 1);
        if (weight.Length != input.Length || group < 1 || input[1] != weight[1] * group || weight[0] % group != 0)
        {
            throw node.Error(Invariant(
                $"the input {NodeInference.Text(input)} and the weight {NodeInference.Text(weight)} in {group} groups do not fit"));
        }

        CheckBias(node, weight[0]);
        var window = Window.Of(node, [.. weight[2..]], input.AsSpan()[2..]);
        node.Give([input[0], weight[0], .. Enumerable.Range(0, weight.Length - 2).Select(axis => window.Positions(axis, input[axis + 2]))]);
    }

    /// <summary>X[N, C, …], W[C, M/group, k…] → [N, M, …].</summary>
    private static void Transposed(NodeInference node)
    {
        var input = node.Shape(0, 3);
        var weight = node.Shape(1, 3);
        int group = checked((int)node.Node.Attributes.Integer("group", 1));
        if (weight.Length != input.Length || group < 1 || input[1] != weight[0]) throw node.Error("input and weight do not fit");
        int rank = input.Length - 2;
        var window = Window.Of(node, [.. weight[2..]], input.AsSpan()[2..]);
        long[] extra = node.Node.Attributes.Integers("output_padding") ?? new long[rank];
        bool same = node.Node.Attributes.Text("auto_pad", "NOTSET").StartsWith("SAME", StringComparison.Ordinal);
        IEnumerable<int> spatial = node.Node.Attributes.Integers("output_shape") is { } given
            ? given.TakeLast(rank).Select(size => checked((int)size))
            : Enumerable.Range(0, rank).Select(axis => same
                ? input[axis + 2] * window.Strides[axis]
                : checked((window.Strides[axis] * (input[axis + 2] - 1)) + (int)extra[axis] + window.Extent(axis) - window.Pads[axis] - window.Pads[rank + axis]));
        node.Give([input[0], weight[1] * group, .. spatial]);
    }

    private static void CheckBias(NodeInference node, int channels)
    {
        if (node.Has(2) && !node.Shape(2).SequenceEqual([channels]))
            throw node.Error(Invariant($"the bias {NodeInference.Text(node.Shape(2))} does not fit {channels} output channels"));
    }
}
