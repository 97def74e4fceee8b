namespace Distributed.Compression.Graph;

/// <summary>Operators that change the size of images.</summary>
internal static class ResizingShapes
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeInference>> Rules { get; } = new Dictionary<string, Action<NodeInference>>
    {
        ["Resize"] = Sized,
        ["Upsample"] = Sized,
    };

    private static void Sized(NodeInference node)
    {
        int[] shape = [.. node.Shape(0)];
        foreach (var axis in ResizedAxis.Of(node)) shape[axis.Axis] = axis.Size;
        node.Give(shape);
    }
}
