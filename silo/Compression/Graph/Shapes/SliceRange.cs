namespace Distributed.Compression.Graph;

/// <summary>What a Slice takes of one axis: Count elements from Start on, Step apart.</summary>
internal sealed record SliceRange(int Axis, int Start, int Count, int Step)
{
    /// <summary>The ranges of a Slice node, one for each axis that it names.</summary>
    public static SliceRange[] Of(NodeInference node)
    {
        var input = node.Shape(0);
        long[] starts = node.Integers("starts", 1) ?? throw node.Error("the starts are missing");
        long[] ends = node.Integers("ends", 2) ?? throw node.Error("the ends are missing");
        int[] axes = node.Axes(node.Integers("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)], input.Length);
        long[] steps = node.Has(4) ? node.Integers(4) : [.. Enumerable.Repeat(1L, starts.Length)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw node.Error("starts, ends, axes and steps differ in number");
        return [.. axes.Select((axis, i) => Of(node, axis, input[axis], starts[i], ends[i], steps[i]))];
    }

    private static SliceRange Of(NodeInference node, int axis, int size, long start, long end, long step) => step is 0 or < -int.MaxValue or > int.MaxValue
        ? throw node.Error("a step is 0 or impossible")
        : Clamped(axis, size, start, end, step);

    /// <summary>The elements of an axis of the given size from start up to, not including, end.</summary>
    public static SliceRange Clamped(int axis, int size, long start, long end, long step)
    {
        if (start < 0) start += size;
        if (end < 0) end = end < -size ? -1 : end + size;
        (long first, long last) = step > 0
            ? (Math.Clamp(start, 0, size), Math.Clamp(end, 0, size))
            : (Math.Clamp(start, 0, size - 1), Math.Clamp(end, -1, size - 1));
        long distance = step > 0 ? last - first : first - last;
        long stride = Math.Abs(step);
        return new(axis, (int)first, distance <= 0 ? 0 : (int)((distance + stride - 1) / stride), (int)step);
    }
}
