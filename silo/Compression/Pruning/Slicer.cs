using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;

namespace Distributed.Compression.Pruning;

/// <summary>Applies a plan: every initializer, attribute and shape constant at once, or nothing.</summary>
internal static class Slicer
{
    /// <summary>The smaller network. The given one stays as it is.</summary>
    /// <exception cref="InvalidOperationException">The result does not have the shapes that the grouping foretells: a labelling rule is wrong.</exception>
    public static Network Apply(Network network, ModelGrouping grouping, PruningPlan plan)
    {
        var initializers = network.Initializers.ToBuilder();
        foreach (var cut in plan.Initializers) initializers[cut.Name] = Taking.Of(initializers[cut.Name], cut.Axis, cut.Kept);
        var rewriting = new NodeRewriting(network, grouping, plan.Keeps(grouping), initializers);
        ImmutableArray<Node> nodes = [.. network.Nodes.Select(rewriting.Rewrite)];
        var sliced = Unused.Without(network with { Nodes = nodes, Initializers = initializers.ToImmutable() }, network);
        Verify(sliced, grouping, plan.Keeps(grouping));
        return sliced;
    }

    private static void Verify(Network sliced, ModelGrouping grouping, bool[] stays)
    {
        var shapes = ShapeInference.Infer(sliced, batch: 1);
        foreach (var (name, labels) in grouping.Values)
        {
            var expected = labels.Axis < 0 ? labels.Shape : labels.Shape.SetItem(labels.Axis, labels.Units.Count(unit => unit < 0 || stays[unit]));
            if (!expected.SequenceEqual(shapes[name]))
            {
                throw new InvalidOperationException(
                    $"Slicing gave '{name}' the shape [{string.Join(", ", shapes[name])}] where [{string.Join(", ", expected)}] was foretold.");
            }
        }
    }
}
