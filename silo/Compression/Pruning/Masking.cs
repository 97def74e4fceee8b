using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;

namespace Distributed.Compression.Pruning;

/// <summary>The oracle of slicing: the full network, in which whatever reads a removed channel reads zeros instead.</summary>
/// <remarks>
/// Nothing here knows how the slicer works: channels stay, a Mul by a mask of ones and zeros stands in front of every operator that sums
/// over them, and what takes statistics over channels takes them over those that stay (<see cref="MaskedStatistics"/>). For every legal
/// plan the output equals that of the sliced network up to rounding.
/// </remarks>
internal static class Masking
{
    /// <summary>The value that says which units stay.</summary>
    public const string Stays = "masking/stays";

    /// <summary>The full network with the masks of a plan.</summary>
    public static Network Apply(Network network, ModelGrouping grouping, PruningPlan plan)
    {
        var open = Open(network, grouping);
        float[] units = Units(grouping, plan);
        return open with { Inputs = network.Inputs, Initializers = open.Initializers.Add(Stays, new FloatTensor([units.Length], units)) };
    }

    /// <summary>The full network with one more input, <see cref="Stays"/>, so that one file serves for all plans.</summary>
    public static Network Open(Network network, ModelGrouping grouping)
    {
        var consumers = grouping.Consumers.ToLookup(use => use.Node, use => use.Input);
        var edit = new MaskEdit(network, grouping);
        foreach (var node in network.Nodes)
        {
            if (!MaskedStatistics.Write(edit, node)) edit.Add(consumers[node.Name].Aggregate(node, edit.Masked));
        }

        return edit.Done() with { Inputs = network.Inputs.Add(new(Stays, ElementType.Float, [grouping.UnitCount + 1])) };
    }

    /// <summary>The elements of <see cref="Stays"/>: 1 for a unit that stays, 0 for one that is removed, and a last 1 for whatever is no unit.</summary>
    public static float[] Units(ModelGrouping grouping, PruningPlan plan) => [.. plan.Keeps(grouping).Select(stays => stays ? 1f : 0f), 1];
}

/// <summary>A network that is being given masks.</summary>
internal sealed class MaskEdit(Network network, ModelGrouping grouping)
{
    private readonly ImmutableArray<Node>.Builder _nodes = ImmutableArray.CreateBuilder<Node>();
    private readonly ImmutableDictionary<string, Tensor>.Builder _initializers = network.Initializers.ToBuilder();

    /// <summary>The units of a value, or null where none of it can be removed.</summary>
    public AxisUnits? Labels(string value) => grouping.Values.TryGetValue(value, out var labels) && labels.Axis >= 0 ? labels : null;

    /// <summary>The elements of an initializer.</summary>
    public int Length(string initializer) => network.Initializers[initializer].Length;

    /// <summary>Adds a node as it is.</summary>
    public void Add(Node node) => _nodes.Add(node);

    /// <summary>Adds an operator with one output, which gets the name given.</summary>
    public string Add(string operation, string name, params string[] inputs)
    {
        _nodes.Add(new() { Name = name, Operator = operation, Inputs = [.. inputs], Outputs = [name] });
        return name;
    }

    /// <summary>A constant.</summary>
    public string Constant(string name, Tensor value)
    {
        _initializers[name] = value;
        return name;
    }

    /// <summary>A vector of whole numbers.</summary>
    public string Integers(string name, params long[] values) => Constant(name, new IntegerTensor([values.Length], values));

    /// <summary>A single float.</summary>
    public string Scalar(string name, double value) => Constant(name, new FloatTensor([], [(float)value]));

    /// <summary>1 where a position stays and 0 where it is removed, in a shape of the caller's.</summary>
    public string Mask(string name, AxisUnits labels, ImmutableArray<int> shape) => Add("Gather", name, Masking.Stays, Constant(
        $"{name}/units", new IntegerTensor(shape, [.. labels.Units.Select(unit => (long)(unit < 0 ? grouping.UnitCount : unit))])));

    /// <summary>The same along the value's own axis.</summary>
    public string Mask(string name, AxisUnits labels) =>
        Mask(name, labels, [.. labels.Shape.Select((size, axis) => axis == labels.Axis ? size : 1)]);

    /// <summary>The node reading zeros in place of what is removed from an input.</summary>
    public Node Masked(Node node, int input)
    {
        string name = Invariant($"{node.Name}/mask{input}");
        string masked = Add("Mul", $"{name}/masked", node.Inputs[input], Mask(name, grouping.Values[node.Inputs[input]]));
        return node with { Inputs = node.Inputs.SetItem(input, masked) };
    }

    /// <summary>The network with what was added.</summary>
    public Network Done() => network with { Nodes = _nodes.ToImmutable(), Initializers = _initializers.ToImmutable() };
}
