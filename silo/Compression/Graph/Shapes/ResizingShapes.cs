namespace Distributed.Compression.Graph;

/// <summary>Operators that change the size of images.</summary>
internal static class ResizingShapes
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeInference>> Rules { get; } = new Dictionary<string, Action<NodeInference>>
    {
        ["Resize"] = Resize,
        ["Upsample"] = node => Scale(node, node.Node.Attributes.Reals("scales") is { } scales ? [.. scales.Select(scale => (float)scale)] : node.Floats(1)),
    };

    private static void Resize(NodeInference node)
    {
        if (node.Opset < 11)
        {
            Scale(node, node.Floats(1));
            return;
        }

        if (!node.Has(3))
        {
            Scale(node, node.Floats(2));
            return;
        }

        if (node.Node.Attributes.Text("keep_aspect_ratio_policy", "stretch") != "stretch") throw node.Error("it keeps the aspect ratio");
        int[] shape = [.. node.Shape(0)];
        long[] sizes = node.Integers(3);
        int[] axes = Axes(node, sizes.Length);
        for (int i = 0; i < axes.Length; i++) shape[axes[i]] = checked((int)sizes[i]);
        node.Give(shape);
    }

    private static void Scale(NodeInference node, float[] scales)
    {
        int[] shape = [.. node.Shape(0)];
        int[] axes = Axes(node, scales.Length);
        for (int i = 0; i < axes.Length; i++) shape[axes[i]] = checked((int)MathF.Floor(shape[axes[i]] * scales[i]));
        node.Give(shape);
    }

    private static int[] Axes(NodeInference node, int count)
    {
        int rank = node.Shape(0).Length;
        int[] axes = node.Node.Attributes.Integers("axes") is { } given ? node.Axes(given, rank) : [.. Enumerable.Range(0, rank)];
        return axes.Length == count ? axes : throw node.Error(Invariant($"{count} sizes are given for {axes.Length} axes"));
    }
}
