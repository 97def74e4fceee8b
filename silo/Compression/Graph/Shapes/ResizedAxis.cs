namespace Distributed.Compression.Graph;

/// <summary>What a Resize node makes of one axis.</summary>
/// <param name="Axis">Counted from the front.</param>
/// <param name="From">Elements before.</param>
/// <param name="Size">Elements afterwards.</param>
/// <param name="Scale">The factor, as it was given or as the sizes tell it.</param>
internal sealed record ResizedAxis(int Axis, int From, int Size, double Scale)
{
    /// <summary>The axes that a Resize or Upsample node names, in its order.</summary>
    public static ResizedAxis[] Of(NodeInference node)
    {
        if (node.Node.Operator == "Upsample")
            return Scaled(node, node.Node.Attributes.Reals("scales") is { } scales ? [.. scales.Select(scale => (float)scale)] : node.Floats(1));
        if (node.Opset < 11) return Scaled(node, node.Floats(1));
        return node.Has(3) && node.Input(3).Shape is not [0] ? Sized(node) : Scaled(node, node.Floats(2));
    }

    private static ResizedAxis[] Scaled(NodeInference node, float[] scales)
    {
        var shape = node.Shape(0);
        return [.. Axes(node, scales.Length).Select((axis, i) => scales[i] > 0
            ? new ResizedAxis(axis, shape[axis], checked((int)Math.Floor(shape[axis] * (double)scales[i])), scales[i])
            : throw node.Error(Invariant($"a scale is {scales[i]}")))];
    }

    private static ResizedAxis[] Sized(NodeInference node)
    {
        var shape = node.Shape(0);
        long[] sizes = node.Integers(3);
        int[] axes = Axes(node, sizes.Length);
        double[] scales = [.. axes.Select((axis, i) => sizes[i] / (double)shape[axis])];
        string policy = node.Node.Attributes.Text("keep_aspect_ratio_policy", "stretch");
        if (policy == "stretch") return [.. axes.Select((axis, i) => new ResizedAxis(axis, shape[axis], checked((int)sizes[i]), scales[i]))];
        double common = policy == "not_larger" ? scales.Min() : scales.Max();
        return [.. axes.Select(axis => new ResizedAxis(axis, shape[axis], checked((int)Math.Floor((common * shape[axis]) + 0.5)), common))];
    }

    private static int[] Axes(NodeInference node, int count)
    {
        int rank = node.Shape(0).Length;
        int[] axes = node.Node.Attributes.Integers("axes") is { } given ? node.Axes(given, rank) : [.. Enumerable.Range(0, rank)];
        return axes.Length == count ? axes : throw node.Error(Invariant($"{count} sizes are given for {axes.Length} axes"));
    }
}
