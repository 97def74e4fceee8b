using Distributed.Compression.Graph;

namespace Distributed.Compression.Training;

/// <summary>
/// Nodes that reckon with shapes: they run in memory wherever the network runs, because what they give is needed as numbers (by a Reshape, an
/// Expand), and asking a device for numbers would make it wait. Constants of whole numbers lie in memory for the same reason.
/// </summary>
internal static class ShapeArithmetic
{
    /// <summary>
    /// The values that such nodes give: Shape and Size, and whatever reads nothing but their results and constants of whole numbers.
    /// </summary>
    /// <param name="nodes">In topological order.</param>
    /// <param name="initializers">The constants.</param>
    public static IReadOnlySet<string> Values(IEnumerable<Node> nodes, IReadOnlyDictionary<string, Tensor> initializers)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (Reckons(node, values, initializers)) values.UnionWith(node.Outputs);
        }

        return values;
    }

    private static bool Reckons(Node node, HashSet<string> values, IReadOnlyDictionary<string, Tensor> initializers)
    {
        if (node.Operator is "Shape" or "Size") return true;
        var inputs = node.Inputs.Where(name => name.Length > 0).ToList();
        return inputs.Any(values.Contains) && inputs.All(name => values.Contains(name) || initializers.GetValueOrDefault(name) is IntegerTensor);
    }
}
