namespace Distributed.Compression.Graph;

/// <summary>Operators that sum up axes.</summary>
internal static class ReductionShapes
{
    private static readonly string[] Names =
    [
        "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "ReduceSumSquare",
    ];

    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeInference>> Rules { get; } = Create();

    /// <summary>The axes that a reduction removes, counted from the front.</summary>
    public static int[] Axes(NodeInference node)
    {
        int rank = node.Shape(0).Length;
        long[] axes = node.Integers("axes", 1) ?? [];
        if (axes.Length > 0) return node.Axes(axes, rank);
        return node.Node.Attributes.Integer("noop_with_empty_axes", 0) != 0 ? [] : [.. Enumerable.Range(0, rank)];
    }

    private static Dictionary<string, Action<NodeInference>> Create()
    {
        var rules = new Dictionary<string, Action<NodeInference>> { ["ArgMax"] = Position, ["ArgMin"] = Position };
        foreach (string name in Names) rules[name] = node => node.Give(Reduced(node, Axes(node)));
        return rules;
    }

    private static void Position(NodeInference node) =>
        node.Give(0, Reduced(node, [node.Axis(node.Node.Attributes.Integer("axis", 0), node.Shape(0).Length)]), ElementType.Int64);

    private static IEnumerable<int> Reduced(NodeInference node, int[] axes)
    {
        bool keep = node.Node.Attributes.Integer("keepdims", 1) != 0;
        var input = node.Shape(0);
        return input.Select((size, axis) => axes.Contains(axis) ? (keep ? 1 : -1) : size).Where(size => size >= 0);
    }
}
