using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Grouping;

/// <summary>Decides which operators cost time of their own, and what kind of operator each is.</summary>
/// <remarks>
/// ONNX Runtime folds BatchNormalization into the convolution before it, and runs a residual Add and an activation as part of it; an
/// activation after a Gemm likewise. Reshaping is free. Products of two values and movements of data are left out: they stand for little
/// in a classifier, and would each need a model of their own. In int8 a residual Add is an operator of its own, an activation the rounding
/// of what comes before it, and what has no integer kernel is left out.
/// </remarks>
internal sealed class SurfaceAssignment
{
    private static readonly string[] Activations = ["Clip", "HardSigmoid", "LeakyRelu", "Relu", "Sigmoid", "Tanh"];

    private static readonly string[] Alone =
    [
        "Add", "AveragePool", "BatchNormalization", "Clip", "Div", "Elu", "Erf", "Gelu", "GlobalAveragePool", "GlobalMaxPool", "HardSigmoid",
        "HardSwish", "LRN", "LayerNormalization", "LeakyRelu", "MaxPool", "Mul", "Relu", "Sigmoid", "Softmax", "Sub", "Tanh",
    ];

    private static readonly string[] AloneInIntegers = ["Add", "AveragePool", "GlobalAveragePool", "MaxPool"];
    private static readonly string[] Rounding = ["Clip", "Relu"];

    private readonly Network _network;
    private readonly ModelGrouping _grouping;
    private readonly string _precision;
    private readonly ILookup<string, Node> _readers;
    private readonly HashSet<string> _fused = new(StringComparer.Ordinal);

    private SurfaceAssignment(Network network, ModelGrouping grouping, string precision)
    {
        (_network, _grouping, _precision) = (network, grouping, precision);
        _readers = network.Nodes.SelectMany(node => node.Inputs.Distinct().Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node);
    }

    private bool IsInt8 => _precision == Precisions.Int8;

    /// <summary>The surface of each node that costs time of its own.</summary>
    /// <param name="network">The network, in floats.</param>
    /// <param name="grouping">Its grouping.</param>
    /// <param name="precision">What its file computes in, one of <see cref="Precisions"/>.</param>
    public static IReadOnlyDictionary<string, OperatorSurface> Of(Network network, ModelGrouping grouping, string precision = Precisions.Float32)
    {
        var assignment = new SurfaceAssignment(network, grouping, precision);
        var surfaces = new Dictionary<string, OperatorSurface>(StringComparer.Ordinal);
        foreach (var node in network.Nodes)
        {
            if (!assignment._fused.Contains(node.Name) && assignment.Surface(node) is { } surface) surfaces[node.Name] = surface;
        }

        return surfaces;
    }

    /// <summary>Where channels stand by custom: second in images and after flattening, last in sequences.</summary>
    public static int CustomaryAxis(ImmutableArray<int> shape) => shape.Length == 3 ? 2 : Math.Min(1, shape.Length - 1);

    private OperatorSurface? Surface(Node node)
    {
        bool weighted = node.Operator is "Conv" or "Gemm" or "MatMul";
        if (weighted ? !_network.Initializers.ContainsKey(node.Inputs[1]) : !(IsInt8 ? AloneInIntegers : Alone).Contains(node.Operator)) return null;
        if (IsInt8 && node.Operator == "Add" && node.Inputs.Any(_network.Initializers.ContainsKey)) return null;
        if (node.Input(0) is not { } input || !_grouping.Values.TryGetValue(input, out var labels) || labels.Shape.IsEmpty) return null;
        int axis = labels.Axis >= 0 ? labels.Axis : node.Operator == "MatMul" ? labels.Shape.Length - 1 : CustomaryAxis(labels.Shape);
        var weight = weighted ? _network.Initializers[node.Inputs[1]].Shape : [];
        bool bias = weighted && node.Input(2) is not null;
        var followers = ImmutableArray.CreateBuilder<string>();
        if (node.Operator is "Conv" or "Gemm" || (IsInt8 && node.Operator == "Add")) Fuse(node, followers, ref bias);
        int groups = (int)node.Attributes.Integer("group", 1);
        var surface = new OperatorSurface
        {
            Key = "",
            Precision = _precision,
            Operator = node.Operator,
            Grouping = groups == 1 ? ChannelGrouping.Dense : groups == labels.Shape[1] ? ChannelGrouping.Depthwise
                : _grouping.Closure == Closure.WholeGroups && labels.Axis >= 0 ? ChannelGrouping.WholeGroups : ChannelGrouping.Grouped,
            GroupSize = groups > 1 && weighted ? (weight[1], weight[0] / groups) : (1, 1),
            Groups = groups == labels.Shape[Math.Min(1, labels.Shape.Length - 1)] ? 1 : groups,
            Attributes = new(node.Attributes.Values.Remove("group")),
            Kernel = weight.Length > 2 ? weight[2..] : [],
            InputShape = labels.Shape.SetItem(axis, -1),
            ChannelAxis = axis,
            Bias = bias,
            Followers = followers.ToImmutable(),
            KeepsChannels = !weighted,
        };
        return surface with { Key = Key(surface) };
    }

    /// <summary>Follows the single reader of each value: BatchNormalization becomes bias, then at most one residual Add, then one activation.</summary>
    private void Fuse(Node node, ImmutableArray<string>.Builder followers, ref bool bias)
    {
        string[] activations = IsInt8 ? Rounding : Activations;
        for (var next = Reader(node); next is not null; next = Reader(next))
        {
            bool convolution = node.Operator == "Conv";
            if (convolution && next.Operator == "BatchNormalization" && followers.Count == 0) bias = true;
            else if (convolution && !IsInt8 && next.Operator == "Add" && followers.Count == 0 && IsResidual(next)) followers.Add("Add");
            else if (activations.Contains(next.Operator)) followers.Add(next.Operator);
            else return;
            _fused.Add(next.Name);
            if (activations.Contains(next.Operator)) return;
        }
    }

    private Node? Reader(Node node)
    {
        var readers = _readers[node.Output].Take(2).ToArray();
        bool single = readers.Length == 1 && !_fused.Contains(readers[0].Name) && _network.Outputs.All(output => output.Name != node.Output);
        return single ? readers[0] : null;
    }

    private bool IsResidual(Node add) => add.Inputs.All(_grouping.Values.ContainsKey)
        && _grouping.Values[add.Inputs[0]].Shape.SequenceEqual(_grouping.Values[add.Inputs[1]].Shape);

    private static string Key(OperatorSurface surface)
    {
        string attributes = string.Join(' ', surface.Attributes.Values.Select(pair => $"{pair.Key}={Text(pair.Value)}"));
        string kernel = string.Join('×', surface.Kernel);
        string shape = string.Join('×', surface.InputShape.Select((size, axis) => axis == surface.ChannelAxis ? "C" : Invariant($"{size}")));
        string grouping = surface.Grouping == ChannelGrouping.Grouped ? Invariant($"groups={surface.Groups}")
            : surface.Grouping == ChannelGrouping.WholeGroups ? Invariant($"groups of {surface.GroupSize.Input}→{surface.GroupSize.Output}") : surface.Grouping == ChannelGrouping.Depthwise ? "depthwise" : "";
        string followers = string.Concat(surface.Followers.Select(follower => $"+{follower}"));
        string precision = surface.Precision == Precisions.Float32 ? "" : surface.Precision;
        string[] parts = [surface.Operator, precision, kernel, grouping, attributes, $"@{shape}", surface.Bias ? "+bias" : "", followers];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private static string Text(object value) => value switch
    {
        long[] whole => string.Join(',', whole),
        double[] real => string.Join(',', real.Select(item => Invariant($"{item}"))),
        IFormattable one => Invariant($"{one}"),
        _ => value.ToString() ?? "",
    };
}
