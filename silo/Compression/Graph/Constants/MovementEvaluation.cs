using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>Values of the operators that move elements without changing them, and of those that tell shapes.</summary>
internal static class MovementEvaluation
{
    /// <summary>Entries by operator: node, output, the output's shape.</summary>
    public static IReadOnlyDictionary<string, Func<NodeInference, int, ImmutableArray<int>, Tensor?>> Entries { get; } = Create();

    private static Dictionary<string, Func<NodeInference, int, ImmutableArray<int>, Tensor?>> Create()
    {
        var entries = new Dictionary<string, Func<NodeInference, int, ImmutableArray<int>, Tensor?>>
        {
            ["Shape"] = Shape,
            ["Size"] = (node, _, shape) => new IntegerTensor(shape, [Tensor.Count(node.Shape(0))]),
            ["Transpose"] = Transpose,
            ["Slice"] = Slice,
            ["Gather"] = Gather,
            ["Concat"] = Concat,
            ["Split"] = Split,
            ["Expand"] = (node, _, shape) => Elements.Pick(First(node), shape, Broadcast.Places(node.Shape(0).AsSpan(), shape.AsSpan())),
            ["Tile"] = Tile,
            ["Pad"] = Pad,
        };
        foreach (string name in (string[])["Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity", "Dropout"])
            entries[name] = (node, output, shape) => output == 0 ? Elements.Shaped(First(node), shape) : null;
        return entries;
    }

    private static Tensor First(NodeInference node) => node.Constant(0) ?? throw node.Error("input 0 is no constant");

    private static IntegerTensor Shape(NodeInference node, int output, ImmutableArray<int> shape)
    {
        (int start, int end) = ConstantShapes.Part(node);
        return new(shape, [.. node.Shape(0)[start..end].Select(size => (long)size)]);
    }

    private static Tensor Transpose(NodeInference node, int output, ImmutableArray<int> shape)
    {
        int[] strides = Strided.Strides(node.Shape(0).AsSpan());
        int[] permuted = [.. ArrangingShapes.Permutation(node).Select(axis => strides[axis])];
        return Elements.Pick(First(node), shape, Strided.Places(shape.AsSpan(), permuted, 0));
    }

    private static Tensor Slice(NodeInference node, int output, ImmutableArray<int> shape)
    {
        int[] strides = Strided.Strides(node.Shape(0).AsSpan());
        int offset = 0;
        foreach (var range in SliceRange.Of(node))
        {
            offset += range.Start * strides[range.Axis];
            strides[range.Axis] *= range.Step;
        }

        return Elements.Pick(First(node), shape, Strided.Places(shape.AsSpan(), strides, offset));
    }

    private static Tensor Gather(NodeInference node, int output, ImmutableArray<int> shape)
    {
        var input = node.Shape(0);
        int axis = node.Axis(node.Node.Attributes.Integer("axis", 0), input.Length);
        int inner = Tensor.Count(input[(axis + 1)..]);
        int[] rows = node.Axes(node.Integers(1), input[axis]);
        int[] places = new int[Tensor.Count(shape)];
        for (int i = 0; i < places.Length; i++)
        {
            int outer = i / (rows.Length * inner);
            places[i] = (((outer * input[axis]) + rows[i / inner % rows.Length]) * inner) + (i % inner);
        }

        return Elements.Pick(First(node), shape, places);
    }

    private static Tensor? Concat(NodeInference node, int output, ImmutableArray<int> shape)
    {
        int axis = node.Axis(node.Node.Attributes.Integer("axis", 1), shape.Length);
        int outer = Tensor.Count(shape[..axis]);
        return First(node) is FloatTensor
            ? new FloatTensor(shape, Join(node, outer, Tensor.Count(shape), tensor => ((FloatTensor)tensor).Data))
            : new IntegerTensor(shape, Join(node, outer, Tensor.Count(shape), tensor => ((IntegerTensor)tensor).Data), First(node).Type);
    }

    private static T[] Join<T>(NodeInference node, int outer, int count, Func<Tensor, T[]> data)
    {
        var joined = new T[count];
        int offset = 0;
        for (int i = 0; i < node.Node.Inputs.Length && count > 0; i++)
        {
            T[] part = data(node.Constant(i)!);
            int run = part.Length / outer;
            for (int row = 0; row < outer; row++) Array.Copy(part, row * run, joined, (row * (count / outer)) + offset, run);
            offset += run;
        }

        return joined;
    }

    private static Tensor Split(NodeInference node, int output, ImmutableArray<int> shape)
    {
        int axis = node.Axis(node.Node.Attributes.Integer("axis", 0), shape.Length);
        int[] strides = Strided.Strides(node.Shape(0).AsSpan());
        int start = SelectingShapes.Parts(node, axis).Take(output).Sum();
        return Elements.Pick(First(node), shape, Strided.Places(shape.AsSpan(), strides, start * strides[axis]));
    }

    private static Tensor Tile(NodeInference node, int output, ImmutableArray<int> shape)
    {
        var input = node.Shape(0);
        int[] to = Strided.Strides(shape.AsSpan());
        int[] from = Strided.Strides(input.AsSpan());
        int[] places = new int[Tensor.Count(shape)];
        for (int i = 0; i < places.Length; i++)
        {
            for (int axis = 0; axis < to.Length; axis++) places[i] += i / to[axis] % shape[axis] % input[axis] * from[axis];
        }

        return Elements.Pick(First(node), shape, places);
    }

    /// <summary>Padding with a constant; other modes are left to run time.</summary>
    private static IntegerTensor? Pad(NodeInference node, int output, ImmutableArray<int> shape)
    {
        int[] pads = SelectingShapes.Pads(node);
        if (node.Node.Attributes.Text("mode", "constant") != "constant" || First(node) is not IntegerTensor whole || pads.Any(pad => pad < 0)) return null;
        long fill = node.Constant(2) is IntegerTensor given ? given.Data[0] : 0;
        long[] data = [.. Enumerable.Repeat(fill, Tensor.Count(shape))];
        int[] strides = Strided.Strides(shape.AsSpan());
        int[] places = Strided.Places(node.Shape(0).AsSpan(), strides, strides.Select((stride, axis) => stride * pads[axis]).Sum());
        for (int i = 0; i < places.Length; i++) data[places[i]] = whole.Data[i];
        return new IntegerTensor(shape, data, whole.Type);
    }
}
