using Distributed.Compression.Graph;

namespace Distributed.Compression.Pruning;

/// <summary>Drops the constants that rewriting has replaced.</summary>
internal static class Unused
{
    /// <summary>The network without initializers that only <paramref name="before"/> reads.</summary>
    public static Network Without(Network network, Network before)
    {
        var read = network.Nodes.SelectMany(node => node.Inputs).Concat(network.Outputs.Select(output => output.Name)).ToHashSet(StringComparer.Ordinal);
        var readBefore = before.Nodes.SelectMany(node => node.Inputs).ToHashSet(StringComparer.Ordinal);
        return network with { Initializers = network.Initializers.RemoveRange(network.Initializers.Keys.Where(name => readBefore.Contains(name) && !read.Contains(name))) };
    }
}
