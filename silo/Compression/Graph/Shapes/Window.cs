namespace Distributed.Compression.Graph;

/// <summary>A sliding window over the spatial axes: the settings that convolutions and pools share.</summary>
/// <param name="Kernel">Its size along each spatial axis.</param>
/// <param name="Strides">Steps.</param>
/// <param name="Dilations">Distances between the window's elements.</param>
/// <param name="Pads">Begins, then ends; resolved where the node asks for automatic padding.</param>
internal sealed record Window(int[] Kernel, int[] Strides, int[] Dilations, int[] Pads)
{
    /// <summary>Reads the settings of a node whose input has the given spatial size.</summary>
    public static Window Of(NodeInference node, int[] kernel, ReadOnlySpan<int> spatial)
    {
        int rank = kernel.Length;
        int[] strides = Setting(node, "strides", rank, 1);
        int[] dilations = Setting(node, "dilations", rank, 1);
        int[] pads = Setting(node, "pads", 2 * rank, 0);
        if (kernel.Concat(strides).Concat(dilations).Any(value => value < 1) || pads.Any(value => value < 0))
            throw node.Error("a kernel, stride or dilation is less than 1, or a pad is negative");
        var window = new Window(kernel, strides, dilations, pads);
        return node.Node.Attributes.Text("auto_pad", "NOTSET") switch
        {
            "NOTSET" or "" => window,
            "VALID" => window with { Pads = new int[2 * rank] },
            "SAME_UPPER" => window with { Pads = window.Same(spatial, upper: true) },
            "SAME_LOWER" => window with { Pads = window.Same(spatial, upper: false) },
            var other => throw node.Error($"auto_pad is '{other}'"),
        };
    }

    /// <summary>Positions of the window along one spatial axis.</summary>
    /// <remarks>Rounded up, a window that would start in the padding at the end is left out (the ONNX standard from opset 19, ONNX Runtime always).</remarks>
    public int Positions(int axis, int size, bool roundUp = false)
    {
        int rank = Kernel.Length;
        int room = checked(size + Pads[axis] + Pads[rank + axis] - Extent(axis));
        if (room < 0) return 0;
        int positions = (room / Strides[axis]) + 1;
        if (!roundUp || room % Strides[axis] == 0) return positions;
        return positions * Strides[axis] >= size + Pads[axis] ? positions : positions + 1;
    }

    /// <summary>Input elements from the window's first to its last, both counted.</summary>
    public int Extent(int axis) => checked(((Kernel[axis] - 1) * Dilations[axis]) + 1);

    private int[] Same(ReadOnlySpan<int> spatial, bool upper)
    {
        int rank = Kernel.Length;
        int[] pads = new int[2 * rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int positions = (spatial[axis] + Strides[axis] - 1) / Strides[axis];
            int total = Math.Max(0, ((positions - 1) * Strides[axis]) + Extent(axis) - spatial[axis]);
            pads[axis] = upper ? total / 2 : total - (total / 2);
            pads[rank + axis] = total - pads[axis];
        }

        return pads;
    }

    private static int[] Setting(NodeInference node, string name, int length, int otherwise)
    {
        long[]? values = node.Node.Attributes.Integers(name);
        if (values is null || values.Length == 0) return [.. Enumerable.Repeat(otherwise, length)];
        if (values.Length != length) throw node.Error(Invariant($"'{name}' has {values.Length} values for {length}"));
        return [.. values.Select(value => checked((int)value))];
    }
}
