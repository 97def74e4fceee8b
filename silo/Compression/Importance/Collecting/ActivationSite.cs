using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>A value of the network where units of some families can be watched.</summary>
/// <param name="Value">Its name.</param>
/// <param name="ImageAxis">The axis along which the images of a batch stand.</param>
/// <param name="UnitAxis">The axis along which units stand.</param>
/// <param name="Units">For each position of that axis the unit's number; −1 where it is always kept.</param>
internal sealed record ActivationSite(string Value, int ImageAxis, int UnitAxis, ImmutableArray<int> Units)
{
    /// <summary>What a site is seen through: it moves, pools or hands on what the units have put out.</summary>
    private static readonly HashSet<string> Through =
    [
        "AveragePool", "Dropout", "Flatten", "GlobalAveragePool", "GlobalMaxPool", "Identity", "MaxPool", "ReduceMax", "ReduceMean", "ReduceSum", "Reshape",
        "Squeeze", "Transpose", "Unsqueeze",
    ];

    /// <summary>
    /// For every input of a layer that sums over units the value that it reads, seen through pooling and reshaping; each once. Values without
    /// exactly one axis of images are left out.
    /// </summary>
    public static IReadOnlyList<ActivationSite> Of(Network network, ModelGrouping grouping)
    {
        var nodes = network.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        var producers = network.Nodes.SelectMany(node => node.Outputs.Where(output => output.Length > 0).Select(output => (output, node)))
            .ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        var (single, pair) = (ShapeInference.Infer(network, 1), ShapeInference.Infer(network, 2));
        var sites = new List<ActivationSite>();
        foreach (string value in grouping.Consumers.Select(use => Source(nodes[use.Node].Inputs[use.Input], producers, grouping)).Distinct())
        {
            var labels = grouping.Values[value];
            int[] axes = [.. Enumerable.Range(0, single[value].Length).Where(axis => pair[value][axis] == 2 * single[value][axis])];
            if (axes.Length == 1 && axes[0] != labels.Axis && labels.Units.Any(unit => unit >= 0)) sites.Add(new(value, axes[0], labels.Axis, labels.Units));
        }

        return sites;
    }

    private static string Source(string value, Dictionary<string, Node> producers, ModelGrouping grouping)
    {
        while (producers.TryGetValue(value, out var node) && Through.Contains(node.Operator) && grouping.Values[node.Inputs[0]].Axis >= 0) value = node.Inputs[0];
        return value;
    }
}
