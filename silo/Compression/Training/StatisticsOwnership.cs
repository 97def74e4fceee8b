using Distributed.Compression.Graph;

namespace Distributed.Compression.Training;

/// <summary>Exporters let layers share equal means and variances; in training each layer needs its own.</summary>
internal static class StatisticsOwnership
{
    /// <summary>The same network where no mean or variance is read twice; copies are named after their node.</summary>
    public static Network Separate(Network network)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        var initializers = network.Initializers.ToBuilder();
        string Own(Node node, int input, string suffix)
        {
            string name = node.Inputs[input];
            if (!initializers.TryGetValue(name, out var statistics) || taken.Add(name)) return name;
            string own = $"{node.Name}.{suffix}";
            while (!taken.Add(own) || initializers.ContainsKey(own)) own += "'";
            initializers[own] = statistics;
            return own;
        }

        return network with
        {
            Nodes = [.. network.Nodes.Select(node => node.Operator != "BatchNormalization" ? node : node with
            {
                Inputs = node.Inputs.SetItem(3, Own(node, 3, "mean")).SetItem(4, Own(node, 4, "variance")),
            })],
            Initializers = initializers.ToImmutable(),
        };
    }
}
