using Distributed.Sweeps;

namespace Distributed.Compression.Graph;

/// <summary>Matrix products.</summary>
internal static class MatrixShapes
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeInference>> Rules { get; } = new Dictionary<string, Action<NodeInference>>
    {
        ["Gemm"] = General,
        ["MatMul"] = Product,
    };

    private static void General(NodeInference node)
    {
        var left = node.Shape(0, 2);
        var right = node.Shape(1, 2);
        bool flipLeft = node.Node.Attributes.Integer("transA", 0) != 0;
        bool flipRight = node.Node.Attributes.Integer("transB", 0) != 0;
        int rows = left[flipLeft ? 1 : 0];
        int columns = right[flipRight ? 0 : 1];
        if (left.Length != 2 || right.Length != 2 || left[flipLeft ? 0 : 1] != right[flipRight ? 1 : 0]) throw Misfit(node);
        if (node.Has(2) && !(Broadcast.Together(node.Shape(2).AsSpan(), [rows, columns]) is { } together && together.SequenceEqual([rows, columns])))
            throw node.Error($"the bias {NodeInference.Text(node.Shape(2))} does not fit");
        node.Give([rows, columns]);
    }

    private static void Product(NodeInference node)
    {
        int[] left = [.. node.Shape(0, 1)];
        int[] right = [.. node.Shape(1, 1)];
        if (left.Length == 1) left = [1, left[0]];
        if (right.Length == 1) right = [right[0], 1];
        if (left[^1] != right[^2] || Broadcast.Together(left.AsSpan()[..^2], right.AsSpan()[..^2]) is not { } batch) throw Misfit(node);
        IEnumerable<int> rows = node.Shape(0).Length == 1 ? [] : [left[^2]];
        IEnumerable<int> columns = node.Shape(1).Length == 1 ? [] : [right[^1]];
        node.Give([.. batch, .. rows, .. columns]);
    }

    private static InvalidInputException Misfit(NodeInference node) =>
        node.Error($"the shapes {NodeInference.Text(node.Shape(0))} and {NodeInference.Text(node.Shape(1))} cannot be multiplied");
}
