namespace Distributed.Compression.Graph;

/// <summary>Operators that take parts, put parts together, or repeat them.</summary>
internal static class SelectingShapes
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeInference>> Rules { get; } = new Dictionary<string, Action<NodeInference>>
    {
        ["Slice"] = Slice,
        ["Pad"] = Pad,
        ["Concat"] = Concat,
        ["Split"] = Split,
        ["Gather"] = Gather,
        ["GatherElements"] = node => node.Give(node.Shape(1)),
        ["Expand"] = Expand,
        ["Tile"] = Tile,
    };

    /// <summary>Begins then ends for every axis of a Pad node.</summary>
    public static int[] Pads(NodeInference node)
    {
        int rank = node.Shape(0).Length;
        long[] given = node.Integers("pads", 1) ?? node.Node.Attributes.Integers("paddings") ?? throw node.Error("the pads are missing");
        int[] axes = node.Has(3) ? node.Axes(node.Integers(3), rank) : [.. Enumerable.Range(0, rank)];
        if (given.Length != 2 * axes.Length) throw node.Error(Invariant($"{given.Length} pads are given for {axes.Length} axes"));
        int[] pads = new int[2 * rank];
        for (int i = 0; i < axes.Length; i++)
        {
            pads[axes[i]] = checked((int)given[i]);
            pads[rank + axes[i]] = checked((int)given[axes.Length + i]);
        }

        return pads;
    }

    /// <summary>The sizes of a Split node's parts.</summary>
    public static int[] Parts(NodeInference node, int axis)
    {
        int size = node.Shape(0)[axis];
        int count = node.Node.Outputs.Length;
        int part = (size + count - 1) / count;
        int[] parts = node.Integers("split", 1) is { } given
            ? [.. given.Select(item => checked((int)item))]
            : [.. Enumerable.Range(0, count).Select(i => Math.Clamp(size - (i * part), 0, part))];
        if (parts.Length != count || parts.Sum() != size) throw node.Error(Invariant($"{size} elements cannot be split into [{string.Join(", ", parts)}]"));
        return parts;
    }

    private static void Slice(NodeInference node)
    {
        int[] shape = [.. node.Shape(0)];
        foreach (var range in SliceRange.Of(node)) shape[range.Axis] = range.Count;
        node.Give(shape);
    }

    private static void Pad(NodeInference node)
    {
        var input = node.Shape(0);
        int[] pads = Pads(node);
        node.Give(input.Select((size, axis) => checked(size + pads[axis] + pads[input.Length + axis])));
    }

    private static void Concat(NodeInference node)
    {
        int[] shape = [.. node.Shape(0, 1)];
        int axis = node.Axis(node.Node.Attributes.Integer("axis", 1), shape.Length);
        for (int i = 1; i < node.Node.Inputs.Length; i++)
        {
            var next = node.Shape(i);
            if (next.Length != shape.Length || next.Where((size, at) => at != axis && size != shape[at]).Any())
                throw node.Error($"{NodeInference.Text(next)} cannot be joined to {NodeInference.Text(shape)} along axis {axis}");
            shape[axis] = checked(shape[axis] + next[axis]);
        }

        node.Give(shape);
    }

    private static void Split(NodeInference node)
    {
        var input = node.Shape(0, 1);
        int axis = node.Axis(node.Node.Attributes.Integer("axis", 0), input.Length);
        int[] parts = Parts(node, axis);
        for (int i = 0; i < parts.Length; i++) node.Give(i, input.SetItem(axis, parts[i]), node.Input(0).Type);
    }

    private static void Gather(NodeInference node)
    {
        var input = node.Shape(0, 1);
        int axis = node.Axis(node.Node.Attributes.Integer("axis", 0), input.Length);
        node.Give([.. input[..axis], .. node.Shape(1), .. input[(axis + 1)..]]);
    }

    private static void Expand(NodeInference node)
    {
        int[] target = [.. node.Integers(1).Select(size => checked((int)size))];
        node.Give(Broadcast.Together(node.Shape(0).AsSpan(), target) ?? throw node.Error("the shape cannot be stretched to"));
    }

    private static void Tile(NodeInference node)
    {
        var input = node.Shape(0);
        long[] repeats = node.Integers(1);
        if (repeats.Length != input.Length) throw node.Error("the repeats do not fit the input");
        node.Give(input.Select((size, axis) => checked((int)(size * repeats[axis]))));
    }
}
