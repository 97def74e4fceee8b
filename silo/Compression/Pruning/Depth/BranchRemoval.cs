using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Pruning;

/// <summary>Leaves residual branches out: shortcuts take the sums' places, and what nothing needs any more goes.</summary>
internal static class BranchRemoval
{
    /// <summary>The network without the named branches; weights and names of all that stays are as they were.</summary>
    /// <param name="network">The network.</param>
    /// <param name="names">Names of branches (<see cref="ResidualBranch.Name"/>).</param>
    /// <exception cref="InvalidInputException">There is no branch of a name.</exception>
    public static Network Without(Network network, IReadOnlyCollection<string> names)
    {
        if (names.Count == 0) return network;
        var branches = ResidualBranches.Of(network).ToDictionary(branch => branch.Name, StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !branches.ContainsKey(name)) is { } unknown)
            throw new InvalidInputException($"residual branch '{unknown}'", "the model has none of that name", "Take the plan together with the dense model that it was made for.");
        return Without(network, [.. names.Select(name => branches[name])]);
    }

    /// <summary>The network without the given branches.</summary>
    public static Network Without(Network network, IReadOnlyCollection<ResidualBranch> branches)
    {
        var gone = branches.ToDictionary(branch => branch.Name, StringComparer.Ordinal);
        var outputs = network.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        Dictionary<string, string> renamed = new(StringComparer.Ordinal);
        HashSet<string> positive = new(StringComparer.Ordinal);
        List<Node> nodes = [];
        string Now(string name) => renamed.GetValueOrDefault(name, name);
        foreach (var old in network.Nodes)
        {
            var node = old with { Inputs = [.. old.Inputs.Select(Now)] };
            if (gone.TryGetValue(node.Name, out var branch)) renamed[node.Output] = Now(branch.Shortcut);
            else if (IsIdle(old, node, positive, outputs)) renamed[node.Output] = node.Inputs[0];
            else nodes.Add(node);
            if (IsPositive(node, network, positive)) positive.Add(node.Output);
        }

        return DeadCode.Apply(network with { Nodes = [.. nodes] });
    }

    /// <summary>The names of the nodes that go with some branches.</summary>
    public static IReadOnlyList<string> Nodes(Network before, Network after)
    {
        var left = after.Nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        return [.. before.Nodes.Select(node => node.Name).Where(name => !left.Contains(name))];
    }

    /// <summary>A ReLU whose input has become the shortcut changes nothing where a ReLU stands before that already.</summary>
    private static bool IsIdle(Node old, Node now, HashSet<string> positive, HashSet<string> outputs) =>
        now.Operator == "Relu" && now.Inputs[0] != old.Inputs[0] && positive.Contains(now.Inputs[0]) && !outputs.Contains(now.Output);

    /// <summary>Whether nothing in a value can be below 0, told by nodes that make or keep it so.</summary>
    private static bool IsPositive(Node node, Network network, HashSet<string> positive) => node.Operator switch
    {
        "Relu" => true,
        "MaxPool" or "AveragePool" or "Slice" => positive.Contains(node.Inputs[0]),
        "Pad" => positive.Contains(node.Inputs[0]) && node.Attributes.Real("value", 0) >= 0
            && (node.Input(2) is not { } value || network.Initializers.GetValueOrDefault(value) is FloatTensor { Data: [>= 0] }),
        _ => false,
    };
}
