using Distributed.Compression.Graph;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>Operators that take parts, put parts together, or repeat them.</summary>
internal static class SelectingOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Concat"] = Concat,
        ["Split"] = Split,
        ["Slice"] = Slice,
        ["Pad"] = Pad,
        ["Gather"] = Gather,
        ["GatherElements"] = GatherElements,
        ["Expand"] = Expand,
        ["Tile"] = Tile,
    };

    private static TorchOperator Concat(TorchNode node)
    {
        int axis = node.Axis(node.Attributes.Integer("axis", 1));
        return (inputs, _) => [cat([.. inputs.Select(input => input!)], axis)];
    }

    private static TorchOperator Split(TorchNode node)
    {
        int axis = node.Axis(node.Attributes.Integer("axis", 0));
        long[] sizes = ConvolutionOperators.Wide(SelectingShapes.Parts(node.Inference, axis));
        return (inputs, _) => inputs[0]!.split(sizes, axis);
    }

    private static TorchOperator Slice(TorchNode node)
    {
        var (starts, ends) = (node.Computed("starts", 1), node.Computed("ends", 2));
        long[]? axes = node.Integers("axes", 3);
        long[]? steps = node.Integers("steps", 4);
        return (inputs, _) =>
        {
            var x = inputs[0]!.alias();
            (long[] from, long[] to) = (starts(inputs), ends(inputs));
            for (int i = 0; i < from.Length; i++)
            {
                int axis = node.Axis(axes?[i] ?? i);
                x = Sliced(x, SliceRange.Clamped(axis, checked((int)x.shape[axis]), from[i], to[i], steps?[i] ?? 1), node.Device);
            }

            return [x];
        };
    }

    private static Tensor Sliced(Tensor x, SliceRange range, TrainingDevice device)
    {
        if (range.Step > 0) return x.slice(range.Axis, range.Start, Math.Max(range.Start, range.Start + ((range.Count - 1L) * range.Step) + 1), range.Step);
        return x.index_select(range.Axis, device.Of([.. Enumerable.Range(0, range.Count).Select(i => range.Start + ((long)i * range.Step))]));
    }

    private static TorchOperator Pad(TorchNode node)
    {
        int[] pads = SelectingShapes.Pads(node.Inference);
        string mode = node.Attributes.Text("mode", "constant");
        if (mode == "constant")
        {
            double value = node.Attributes.Has("value") ? node.Attributes.Real("value", 0) : node.Number("constant_value", 2) ?? 0;
            return (inputs, _) => [ConvolutionOperators.Padded(inputs[0]!, pads, value)];
        }

        int rank = node.Shape(0).Count;
        return (inputs, _) =>
        {
            var x = inputs[0]!.alias();
            for (int axis = 0; axis < rank; axis++)
            {
                if (pads[axis] == 0 && pads[axis + rank] == 0) continue;
                long size = x.shape[axis];
                long[] places = [.. Enumerable.Range(-pads[axis], checked((int)size + pads[axis] + pads[axis + rank])).Select(at => Outside(node, mode, at, size))];
                x = x.index_select(axis, node.Device.Of(places));
            }

            return [x];
        };
    }

    /// <summary>The element that stands at a place outside: the mirror's, the edge's, or the one at the other end.</summary>
    private static long Outside(TorchNode node, string mode, long at, long size)
    {
        long period = Math.Max(1, 2 * (size - 1));
        long turn = ((at % period) + period) % period;
        return mode switch
        {
            "reflect" => Math.Min(turn, period - turn),
            "edge" => Math.Clamp(at, 0, size - 1),
            "wrap" => ((at % size) + size) % size,
            _ => throw node.Error($"its mode is '{mode}'"),
        };
    }

    private static TorchOperator Gather(TorchNode node)
    {
        int axis = node.Axis(node.Attributes.Integer("axis", 0));
        bool scalar = node.Shape(1).Count == 0;
        bool known = node.Inference.Constant(1) is not null;
        Func<Tensor?[], long[]> indices = known ? node.Computed("indices", 1) : _ => [];
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long size = x.shape[axis];
            if (known && scalar) return [x.select(axis, FromFront(indices(inputs)[0], size))];
            long[] shape = inputs[1]!.shape;
            var places = known
                ? node.Device.Of([.. indices(inputs).Select(index => FromFront(index, size))])
                : FromFront(inputs[1]!.flatten(), size);
            var rows = x.index_select(axis, places);
            return [shape.Length == 1 ? rows : rows.reshape([.. x.shape[..axis], .. shape, .. x.shape[(axis + 1)..]])];
        };
    }

    private static TorchOperator GatherElements(TorchNode node)
    {
        int axis = node.Axis(node.Attributes.Integer("axis", 0));
        return (inputs, _) => [inputs[0]!.gather(axis, FromFront(inputs[1]!, inputs[0]!.shape[axis]))];
    }

    private static Tensor FromFront(Tensor indices, long size)
    {
        using var number = TensorArithmetic.Number(size);
        return remainder(indices.to_type(ScalarType.Int64), number);
    }

    private static long FromFront(long index, long size) => index < 0 ? index + size : index;

    private static TorchOperator Expand(TorchNode node)
    {
        var target = node.Computed("shape", 1);
        return (inputs, _) =>
        {
            int[] from = [.. inputs[0]!.shape.Select(size => checked((int)size))];
            int[] to = [.. target(inputs).Select(size => checked((int)size))];
            return [inputs[0]!.expand(ConvolutionOperators.Wide(Broadcast.Together(from, to) ?? throw node.Error("the shape cannot be stretched to")))];
        };
    }

    private static TorchOperator Tile(TorchNode node)
    {
        var repeats = node.Computed("repeats", 1);
        return (inputs, _) => [inputs[0]!.repeat(repeats(inputs))];
    }
}
