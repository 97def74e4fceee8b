using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;

namespace Distributed.Compression.Pruning;

/// <summary>Rewrites the attributes and constants of nodes that count channels, by counting what is kept.</summary>
internal sealed class NodeRewriting(
    Network network, ModelGrouping grouping, bool[] stays, ImmutableDictionary<string, Tensor>.Builder initializers)
{
    private readonly IReadOnlyDictionary<string, InferredValue> _values = ShapeInference.Values(network, batch: 1);

    /// <summary>The node as it stands in the smaller network.</summary>
    public Node Rewrite(Node node) => node.Operator switch
    {
        "Conv" => Convolution(node),
        "Reshape" or "Expand" => Shape(node),
        "Slice" => Slice(node),
        "Pad" => Pad(node),
        "Split" => Split(node),
        "Gather" => Gather(node),
        "GroupNormalization" => Groups(node),
        _ => node,
    };

    /// <summary>A depthwise convolution has as many groups as channels; in a grouped one each group gets narrower.</summary>
    private Node Convolution(Node node)
    {
        if (node.Attributes.Integer("group", 1) == 1 || Changed(node.Inputs[0]) is not { } input) return node;
        long group = Kept(input.Units) / initializers[node.Inputs[1]].Shape[1];
        return node with { Attributes = node.Attributes.With("group", group) };
    }

    /// <summary>A normalisation has as many groups as are left, whole or narrower.</summary>
    private Node Groups(Node node)
    {
        if (Changed(node.Inputs[0]) is not { } input) return node;
        int groups = (int)node.Attributes.Integer("num_groups", 1);
        int size = input.Units.Length / groups;
        long left = Enumerable.Range(0, groups).Count(group => Kept(input.Units.Slice(group * size, size)) > 0);
        return node with { Attributes = node.Attributes.With("num_groups", left) };
    }

    /// <summary>Zeros and −1 follow the input by themselves; a number is replaced where its axis got shorter.</summary>
    private Node Shape(Node node)
    {
        if (Changed(node.Output) is not { } output) return node;
        bool attribute = node.Attributes.Has("shape");
        long[] target = [.. attribute ? node.Attributes.Integers("shape")! : Whole(node, 1)];
        int place = output.Axis - (output.Shape.Length - target.Length);
        bool follows = target[place] == -1 || (target[place] == 0 && Changed(node.Inputs[0])?.Axis == output.Axis);
        if (follows) return node;
        target[place] = Kept(output.Units);
        return attribute ? node with { Attributes = node.Attributes.With("shape", target) } : With(node, 1, "shape", target);
    }

    private Node Slice(Node node)
    {
        if (Changed(node.Inputs[0]) is not { } input) return node;
        var ranges = SliceRange.Of(Inference(node));
        int at = Array.FindIndex(ranges, range => range.Axis == input.Axis);
        if (at < 0) return node;
        long start = Kept(input.Units[..ranges[at].Start]);
        long end = Kept(input.Units[..(ranges[at].Start + ranges[at].Count)]);
        if (node.Attributes.Integers("starts") is { } starts)
        {
            long[] ends = node.Attributes.Integers("ends")!;
            return node with { Attributes = node.Attributes.With("starts", Set(starts, at, start)).With("ends", Set(ends, at, end)) };
        }

        return With(With(node, 1, "starts", Set(Whole(node, 1), at, start)), 2, "ends", Set(Whole(node, 2), at, end));
    }

    private Node Pad(Node node)
    {
        if (Changed(node.Output) is not { } output) return node;
        int rank = output.Shape.Length;
        int[] before = SelectingShapes.Pads(Inference(node));
        long[] pads = [.. before.Select(pad => (long)pad)];
        pads[output.Axis] = Kept(output.Units[..before[output.Axis]]);
        pads[output.Axis + rank] = Kept(output.Units[^before[output.Axis + rank]..]);
        foreach (string name in (string[])["pads", "paddings"])
        {
            if (node.Attributes.Has(name)) return node with { Attributes = node.Attributes.With(name, pads) };
        }

        var all = With(node, 1, "pads", pads);
        return node.Inputs.Length > 3 ? all with { Inputs = all.Inputs[..3] } : all;
    }

    private Node Split(Node node)
    {
        if (Changed(node.Inputs[0]) is not { } input) return node;
        var inference = Inference(node);
        int axis = inference.Axis(node.Attributes.Integer("axis", 0), input.Shape.Length);
        if (axis != input.Axis) return node;
        int start = 0;
        var parts = new List<long>();
        foreach (int part in SelectingShapes.Parts(inference, axis))
        {
            parts.Add(Kept(input.Units.Slice(start, part)));
            start += part;
        }

        var attributes = new Attributes(node.Attributes.Values.Remove("num_outputs"));
        return network.Opset < 13
            ? node with { Attributes = attributes.With("split", parts.ToArray()) }
            : With(node with { Attributes = attributes }, 1, "split", [.. parts]);
    }

    /// <summary>Indices of removed places are left out; the others move up.</summary>
    private Node Gather(Node node)
    {
        if (Changed(node.Inputs[0]) is not { } input) return node;
        var inference = Inference(node);
        if (inference.Axis(node.Attributes.Integer("axis", 0), input.Shape.Length) != input.Axis) return node;
        int[] indices = inference.Axes(Whole(node, 1), input.Units.Length);
        return With(node, 1, "indices", [.. indices.Where(index => Stays(input.Units[index])).Select(index => (long)Kept(input.Units[..index]))]);
    }

    /// <summary>The units of a value that loses some; null where it stays whole.</summary>
    private AxisUnits? Changed(string value) => grouping.Values.TryGetValue(value, out var units) && units.Units.Any(unit => !Stays(unit)) ? units : null;

    private bool Stays(int unit) => unit < 0 || stays[unit];

    private int Kept(ImmutableArray<int> units) => units.Count(Stays);

    private NodeInference Inference(Node node) => new(node, network.Opset, _values);

    private long[] Whole(Node node, int input) => ((IntegerTensor)network.Initializers[node.Inputs[input]]).Data;

    private static long[] Set(long[] values, int at, long value)
    {
        long[] copy = [.. values];
        copy[at] = value;
        return copy;
    }

    /// <summary>A constant of this node's own, as the old one may be shared.</summary>
    private Node With(Node node, int input, string purpose, long[] values)
    {
        string name = $"{node.Name}/{purpose}";
        initializers[name] = new IntegerTensor([values.Length], values);
        var inputs = node.Inputs;
        while (inputs.Length <= input) inputs = inputs.Add("");
        return node with { Inputs = inputs.SetItem(input, name) };
    }
}
