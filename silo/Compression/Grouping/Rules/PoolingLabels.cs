using Distributed.Compression.Graph;

namespace Distributed.Compression.Grouping;

/// <summary>Pools, resizing and reductions: they pass channels on unless channels are what they pool, resize or reduce.</summary>
internal static class PoolingLabels
{
    private static readonly string[] Pools = ["AveragePool", "GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool", "LpPool", "MaxPool"];

    private static readonly string[] Reductions =
    [
        "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "ReduceSumSquare",
    ];

    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeLabels>> Rules { get; } = Create();

    private static Dictionary<string, Action<NodeLabels>> Create()
    {
        var rules = new Dictionary<string, Action<NodeLabels>>(StringComparer.Ordinal) { ["Resize"] = Resize, ["Upsample"] = Resize };
        foreach (string name in Pools) rules[name] = Pool;
        foreach (string name in Reductions) rules[name] = Reduce;
        return rules;
    }

    private static void Pool(NodeLabels node)
    {
        int[] line = node.Line(0, axis: 1);
        for (int i = 0; i < node.Node.Outputs.Length; i++) node.Give(i, 1, line);
    }

    /// <summary>By factors the channels' size follows the input; by sizes it would have to be rewritten.</summary>
    private static void Resize(NodeLabels node)
    {
        int[] line = node.Line(0, axis: 1);
        if (node.OutputShape(0)[1] != line.Length || node.Inference.Has(3)) node.PinInputs("is resized to a fixed number");
        else node.Give(0, 1, line);
    }

    private static void Reduce(NodeLabels node)
    {
        var labels = node.Input(0);
        int[] axes = ReductionShapes.Axes(node.Inference);
        bool keeps = node.Node.Attributes.Integer("keepdims", 1) != 0;
        if (labels.IsFixed) return;
        if (axes.Contains(labels.Axis)) node.Pin(labels, "is summed up with other channels");
        else node.Give(0, keeps ? labels.Axis : labels.Axis - axes.Count(axis => axis < labels.Axis), labels.Line);
    }
}
