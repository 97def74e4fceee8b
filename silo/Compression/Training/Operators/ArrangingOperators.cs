using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Operators that move elements without changing them.</summary>
internal static class ArrangingOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Flatten"] = Flatten,
        ["Reshape"] = Reshape,
        ["Transpose"] = Transpose,
        ["Concat"] = Concat,
        ["Split"] = Split,
        ["Slice"] = Slice,
        ["Pad"] = Pad,
        ["Squeeze"] = Squeeze,
        ["Unsqueeze"] = Unsqueeze,
        ["Gather"] = Gather,
    };

    private static TorchOperator Flatten(TorchNode node)
    {
        int axis = node.Axis(node.Attributes.Integer("axis", 1));
        return axis == 1
            ? (inputs, _) => [inputs[0]!.flatten(1)]
            : throw node.Error($"it flattens before axis {axis}, which mixes images");
    }

    private static TorchOperator Reshape(TorchNode node)
    {
        long[] target = node.Integers("shape", 1)!;
        return (inputs, _) => [inputs[0]!.reshape([.. target.Select((size, axis) => size == 0 ? inputs[0]!.shape[axis] : size)])];
    }

    private static TorchOperator Transpose(TorchNode node)
    {
        long[] order = [.. ((node.Attributes.Integers("perm") ?? [.. Enumerable.Range(0, node.Shape(0).Count).Reverse().Select(axis => (long)axis)]))];
        return (inputs, _) => [inputs[0]!.permute(order)];
    }

    private static TorchOperator Concat(TorchNode node)
    {
        int axis = node.Axis(node.Attributes.Integer("axis", 1));
        return (inputs, _) => [cat([.. inputs.Select(input => input!)], axis)];
    }

    private static TorchOperator Split(TorchNode node)
    {
        int axis = node.Axis(node.Attributes.Integer("axis", 0));
        int parts = node.Node.Outputs.Length;
        long even = (node.Shape(0)[axis] + parts - 1) / parts;
        long[] sizes = node.Integers("split", 1)
            ?? [.. Enumerable.Range(0, parts).Select(part => Math.Min(even, node.Shape(0)[axis] - (part * even)))];
        return (inputs, _) => inputs[0]!.split(sizes, axis);
    }

    private static TorchOperator Slice(TorchNode node)
    {
        long[] starts = node.Integers("starts", 1)!;
        long[] ends = node.Integers("ends", 2)!;
        long[] axes = node.Integers("axes", 3) ?? [.. starts.Select((_, i) => (long)i)];
        long[] steps = node.Integers("steps", 4) ?? [.. starts.Select(_ => 1L)];
        if (steps.Any(step => step < 1)) throw node.Error("it walks backwards");
        return (inputs, _) =>
        {
            var x = inputs[0]!.alias();
            for (int i = 0; i < starts.Length; i++)
            {
                int axis = node.Axis(axes[i]);
                x = x.slice(axis, starts[i], Math.Min(ends[i], x.shape[axis]), steps[i]);
            }

            return [x];
        };
    }

    private static TorchOperator Pad(TorchNode node)
    {
        if (node.Attributes.Text("mode", "constant") != "constant") throw node.Error($"its mode is {node.Attributes.Text("mode", "")}");
        long[] pads = node.Integers("pads", 1)!;
        int rank = node.Shape(0).Count;
        long[] axes = node.Integers("axes", 3) ?? [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        double value = node.Attributes.Has("value") ? node.Attributes.Real("value", 0) : node.Number("constant_value", 2) ?? 0;
        long[] sides = new long[2 * rank];
        for (int i = 0; i < axes.Length; i++)
        {
            int fromLast = rank - 1 - node.Axis(axes[i]);
            (sides[2 * fromLast], sides[(2 * fromLast) + 1]) = (pads[i], pads[i + axes.Length]);
        }

        return (inputs, _) => [nn.functional.pad(inputs[0]!, sides, TorchSharp.PaddingModes.Constant, value)];
    }

    private static TorchOperator Squeeze(TorchNode node)
    {
        long[] axes = node.Integers("axes", 1) ?? throw node.Error("it squeezes whatever has size 1, the batch too");
        int[] descending = [.. axes.Select(axis => node.Axis(axis)).OrderDescending()];
        return (inputs, _) => [descending.Aggregate(inputs[0]!, (x, axis) => x.squeeze(axis))];
    }

    private static TorchOperator Unsqueeze(TorchNode node)
    {
        long[] axes = node.Integers("axes", 1)!;
        int rank = node.Shape(0).Count + axes.Length;
        int[] ascending = [.. axes.Select(axis => (int)(axis < 0 ? axis + rank : axis)).Order()];
        return (inputs, _) => [ascending.Aggregate(inputs[0]!, (x, axis) => x.unsqueeze(axis))];
    }

    private static TorchOperator Gather(TorchNode node)
    {
        int axis = node.Axis(node.Attributes.Integer("axis", 0));
        long[] indices = node.Integers("indices", 1)!;
        int size = node.Shape(0)[axis];
        long[] places = [.. indices.Select(index => index < 0 ? index + size : index)];
        bool scalar = node.Shape(1).Count == 0;
        return (inputs, _) => [scalar ? inputs[0]!.select(axis, places[0]) : inputs[0]!.index_select(axis, tensor(places))];
    }
}
