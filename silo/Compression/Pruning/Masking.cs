using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;

namespace Distributed.Compression.Pruning;

/// <summary>The oracle of slicing: the full network, in which whatever reads a removed channel reads zeros instead.</summary>
/// <remarks>
/// Nothing here knows how the slicer works: channels stay, and a Mul by a mask of ones and zeros stands in front of every operator that sums
/// over them. For every legal plan the output equals that of the sliced network up to rounding.
/// </remarks>
internal static class Masking
{
    /// <summary>The full network with masks.</summary>
    public static Network Apply(Network network, ModelGrouping grouping, PruningPlan plan)
    {
        bool[] stays = plan.Keeps(grouping);
        var consumers = grouping.Consumers.ToLookup(use => use.Node, use => use.Input);
        var initializers = network.Initializers.ToBuilder();
        var nodes = ImmutableArray.CreateBuilder<Node>();
        foreach (var node in network.Nodes)
        {
            var masked = node;
            foreach (int input in consumers[node.Name])
            {
                string name = Invariant($"{node.Name}/mask{input}");
                initializers[name] = Mask(grouping.Values[node.Inputs[input]], stays);
                nodes.Add(new() { Name = name, Operator = "Mul", Inputs = [node.Inputs[input], name], Outputs = [name + "/masked"] });
                masked = masked with { Inputs = masked.Inputs.SetItem(input, name + "/masked") };
            }

            nodes.Add(masked);
        }

        return network with { Nodes = nodes.ToImmutable(), Initializers = initializers.ToImmutable() };
    }

    /// <summary>1 where a position stays and 0 where it is removed, along the labelled axis.</summary>
    private static FloatTensor Mask(AxisUnits labels, bool[] stays)
    {
        int[] shape = new int[labels.Shape.Length];
        Array.Fill(shape, 1);
        shape[labels.Axis] = labels.Units.Length;
        return new([.. shape], [.. labels.Units.Select(unit => unit < 0 || stays[unit] ? 1f : 0f)]);
    }
}
