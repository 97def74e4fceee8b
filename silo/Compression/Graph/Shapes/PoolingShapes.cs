namespace Distributed.Compression.Graph;

/// <summary>Pools over windows and over everything.</summary>
internal static class PoolingShapes
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeInference>> Rules { get; } = new Dictionary<string, Action<NodeInference>>
    {
        ["MaxPool"] = Windowed,
        ["AveragePool"] = Windowed,
        ["LpPool"] = Windowed,
        ["GlobalAveragePool"] = Global,
        ["GlobalMaxPool"] = Global,
        ["GlobalLpPool"] = Global,
    };

    private static void Windowed(NodeInference node)
    {
        var input = node.Shape(0, 3);
        long[] kernel = node.Node.Attributes.Integers("kernel_shape") ?? throw node.Error("'kernel_shape' is missing");
        if (kernel.Length != input.Length - 2) throw node.Error("'kernel_shape' does not fit the input");
        var window = Window.Of(node, [.. kernel.Select(size => checked((int)size))], input.AsSpan()[2..]);
        bool roundUp = node.Node.Attributes.Integer("ceil_mode", 0) != 0;
        int[] shape = [input[0], input[1], .. kernel.Select((_, axis) => window.Positions(axis, input[axis + 2], roundUp))];
        node.Give(shape);
        node.Give(1, shape, ElementType.Int64);
    }

    private static void Global(NodeInference node)
    {
        var input = node.Shape(0, 2);
        node.Give([input[0], input[1], .. Enumerable.Repeat(1, input.Length - 2)]);
    }
}
