using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>Removes nodes that no output depends on, and initializers that nothing reads.</summary>
internal static class DeadCode
{
    /// <summary>The network without them.</summary>
    public static Network Apply(Network network)
    {
        var needed = network.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var kept = new Stack<Node>();
        foreach (var node in network.Nodes.Reverse())
        {
            if (!node.Outputs.Any(needed.Contains)) continue;
            needed.UnionWith(node.Inputs);
            kept.Push(node);
        }

        return network with
        {
            Nodes = [.. kept],
            Initializers = network.Initializers.Where(pair => needed.Contains(pair.Key)).ToImmutableDictionary(StringComparer.Ordinal),
        };
    }
}
