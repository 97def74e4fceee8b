using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;

namespace Distributed.Compression.Measuring;

/// <summary>Builds one network that holds an operator at all the widths to be timed.</summary>
/// <remarks>
/// From the input a "feed" makes a value of each input width; from each feed hang operators of each output width, named op_INPUT_OUTPUT
/// and followed by their activation; each ends in a small consumer, so that the runtime chooses the memory layout that it would choose in
/// the middle of a network. All widths then run in turn, and a drift of the machine meets them alike. The last node of each, free_…,
/// does nothing but name a handful of numbers anew: its time is what timing itself costs.
/// </remarks>
internal sealed class SurfaceModel(OperatorSurface surface)
{
    private const int Entry = 4;
    private const int ConsumerWidth = 16;
    private readonly NetworkBuilder _net = new("surface", seed: 0);
    private string _source = "";

    /// <summary>Whether an operator can be rebuilt in isolation; the others are part of the remainder.</summary>
    public static bool CanBuild(OperatorSurface surface) => surface.InputShape.Length >= 2 && surface.Operator switch
    {
        "Add" when surface.Precision != Sweeps.Precisions.Int8 => false,
        "Conv" or "MaxPool" or "AveragePool" or "GlobalAveragePool" or "Add" => surface.ChannelAxis == 1 && surface.InputShape.Length >= 3,
        "Gemm" => surface.InputShape.Length == 2,
        "MatMul" => surface.ChannelAxis == surface.InputShape.Length - 1,
        "LayerNormalization" => surface.ChannelAxis == surface.InputShape.Length - 1
            && surface.Attributes.Integer("axis", -1) is var axis && (axis == -1 || axis == surface.ChannelAxis),
        "Softmax" => surface.Attributes.Integer("axis", -1) is -1 or 3 && surface.InputShape.Length == 4 && surface.ChannelAxis == 1,
        _ => false,
    };

    /// <summary>Whether the surface has one width: output follows input.</summary>
    public static bool HasOneWidth(OperatorSurface surface) => surface.KeepsChannels || surface.Grouping is ChannelGrouping.Depthwise or ChannelGrouping.WholeGroups;

    /// <summary>The network for all pairs of widths.</summary>
    /// <param name="inputs">Input widths, per group; ignored where the surface has one width.</param>
    /// <param name="outputs">Output widths.</param>
    public Network Build(IReadOnlyList<int> inputs, IReadOnlyList<int> outputs)
    {
        _source = Source(Shape(Entry));
        var ends = new List<string>();
        foreach (int input in HasOneWidth(surface) ? [1] : inputs)
        {
            string shared = HasOneWidth(surface) ? "" : Feed($"feed_{input}", input * surface.Groups);
            ends.AddRange(outputs.Select(output => End(shared, input, output)));
        }

        string all = ends.Count == 1 ? ends[0] : _net.Add("Concat", "all", [.. ends], ("axis", 1L));
        return _net.Build(all);
    }

    /// <summary>The input. A first axis that is not the batch alone (tokens [T, N, …], windows of an image) has its whole size for each image.</summary>
    private string Source(ImmutableArray<int> shape) => shape[0] == 1
        ? _net.Input([.. shape[1..]])
        : _net.Add("Reshape", "rows", [_net.Input([.. shape]), _net.Integers("rows_shape", [-1, .. shape[1..].Select(size => (long)size)])]);

    private string End(string shared, int input, int output)
    {
        string name = Invariant($"op_{input}_{output}");
        string feed = shared.Length > 0 ? shared : Feed($"feed_{output}", surface.Grouping == ChannelGrouping.WholeGroups ? GroupsIn(output) * surface.GroupSize.Input : output);
        string value = surface.Operator switch
        {
            "Conv" => Convolution(name, feed, input, output),
            "Gemm" => _net.Add("Gemm", name, Operands(name, feed, output, Weights(name, input, output)), [.. surface.Attributes.Without("transA").Without("transB")]),
            "MatMul" => _net.Add("MatMul", name, [feed, Weights(name, input, output)]),
            "Add" => _net.Add("Add", name, [feed, feed]),
            "LayerNormalization" => _net.Add("LayerNormalization", name, [feed, Fill($"w_{name}", [output]), Fill($"b_{name}", [output])], [.. surface.Attributes.Without("group")]),
            _ => _net.Add(surface.Operator, name, [feed], [.. surface.Attributes.Without("group")]),
        };
        if (surface.Precision != Sweeps.Precisions.Int8 && surface.Followers.Contains("Add")) value = Joined(name, value);
        if (surface.Followers.Any(follower => follower != "Add")) value = _net.Add("Relu", $"{name}_act", [value]);
        return Consume(name, value);
    }

    /// <summary>
    /// The sum with a value that comes from elsewhere, as at the end of a residual block: where the runtime cannot take it into the operator,
    /// as with blocks that are not full, it is a pass of its own. Left out where the operator changes the other axes.
    /// </summary>
    private string Joined(string name, string value)
    {
        var shape = _net.Shape(value);
        string other = Feed($"feed_{name["op_".Length..]}_other", shape[surface.ChannelAxis]);
        return _net.Shape(other).SequenceEqual(shape) ? _net.Add("Add", $"{name}_add", [value, other]) : value;
    }

    private string Convolution(string name, string feed, int input, int output)
    {
        (int groups, int width, int each) = surface.Grouping switch
        {
            ChannelGrouping.Depthwise => (output, output, 1),
            ChannelGrouping.WholeGroups => (GroupsIn(output), GroupsIn(output) * surface.GroupSize.Output, surface.GroupSize.Input),
            ChannelGrouping.Grouped => (surface.Groups, output, input),
            _ => (1, output, input),
        };
        string weight = Fill($"w_{name}", [width, each, .. surface.Kernel]);
        return _net.Add("Conv", name, Operands(name, feed, width, weight), [.. surface.Attributes.Without("group"), ("group", (long)groups)]);
    }

    /// <summary>The groups that hold a number of output channels, the last one whole.</summary>
    private int GroupsIn(int output) => (output + surface.GroupSize.Output - 1) / surface.GroupSize.Output;

    private string[] Operands(string name, string feed, int output, string weight) =>
        surface.Bias ? [feed, weight, Fill($"b_{name}", [output])] : [feed, weight];

    private string Weights(string name, int input, int output) => Fill($"w_{name}", [input, output]);

    /// <summary>A value of the operator's input shape with the width given.</summary>
    private string Feed(string name, int width)
    {
        int rank = surface.InputShape.Length;
        bool convolves = surface.ChannelAxis == 1 && rank >= 3;
        ImmutableArray<int> weights = convolves ? [width, Entry, .. Enumerable.Repeat(1, rank - 2)] : [Entry, width];
        return _net.Add("Relu", $"{name}_act", [_net.Add(convolves ? "Conv" : "MatMul", name, [_source, Fill($"w_{name}", weights)])]);
    }

    private string Consume(string name, string value)
    {
        var shape = _net.Shape(value);
        if (surface.ChannelAxis != 1 || shape.Length < 3)
            return Free(name, _net.Add("ReduceMean", $"end_{name}", [value], ("axes", Enumerable.Range(1, shape.Length - 1).Select(axis => (long)axis).ToArray()), ("keepdims", 1L)));
        long[] strides = [.. shape.Skip(2).Select(size => Math.Min(4L, size))];
        string weight = Fill($"w_end_{name}", [ConsumerWidth, shape[1], .. strides.Select(_ => 1)]);
        return Free(name, _net.Add("GlobalAveragePool", $"end_{name}_pool", [_net.Add("Conv", $"end_{name}", [value, weight], ("strides", strides))]));
    }

    private string Free(string name, string value) => _net.Add("Flatten", $"{SurfaceTimer.FreePrefix}{name}", [value], ("axis", 1L));

    private ImmutableArray<int> Shape(int channels) => [.. surface.InputShape.Select((size, axis) => axis == surface.ChannelAxis ? channels : size)];

    private string Fill(string name, ImmutableArray<int> shape)
    {
        float[] data = new float[Tensor.Count(shape)];
        for (int i = 0; i < data.Length; i++) data[i] = ((i % 7) - 3) * 0.01f;
        return _net.Constant(name, new FloatTensor(shape, data));
    }
}

/// <summary>Attributes as the network builder takes them.</summary>
internal static class AttributeParts
{
    /// <summary>All attributes but one.</summary>
    public static (string Name, object Value)[] Without(this Attributes attributes, string name) =>
        [.. attributes.Values.Where(pair => pair.Key != name).Select(pair => (pair.Key, pair.Value))];

    /// <inheritdoc cref="Without(Attributes, string)"/>
    public static (string Name, object Value)[] Without(this (string Name, object Value)[] attributes, string name) =>
        [.. attributes.Where(pair => pair.Name != name)];
}
