using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Pruning;

namespace Distributed.Gallery;

/// <summary>The oracle of left-out branches: the full network in which what branches add is multiplied by 0.</summary>
internal static class BranchGates
{
    private const string Zero = "gates/zero";

    /// <summary>The network with the gates of some branches closed; all nodes and values stay.</summary>
    public static Network Closed(Network network, IEnumerable<ResidualBranch> branches)
    {
        var closed = branches.ToDictionary(branch => branch.Name, StringComparer.Ordinal);
        var nodes = ImmutableArray.CreateBuilder<Node>();
        foreach (var node in network.Nodes)
        {
            if (!closed.TryGetValue(node.Name, out var branch))
            {
                nodes.Add(node);
                continue;
            }

            int side = node.Inputs[0] == branch.Shortcut ? 1 : 0;
            string gate = $"gates/{node.Name}";
            nodes.Add(new() { Name = gate, Operator = "Mul", Inputs = [node.Inputs[side], Zero], Outputs = [gate] });
            nodes.Add(node with { Inputs = node.Inputs.SetItem(side, gate) });
        }

        return network with { Nodes = nodes.ToImmutable(), Initializers = network.Initializers.SetItem(Zero, new FloatTensor([], [0])) };
    }
}
