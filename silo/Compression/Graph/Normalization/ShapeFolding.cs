namespace Distributed.Compression.Graph;

/// <summary>Makes constants of shape chains. What a chain gives at two batch sizes alike does not depend on the batch.</summary>
/// <remarks>
/// A Reshape whose target follows the batch gets 0 where it keeps the dimension and −1 where it follows otherwise. Other operators that need the
/// batch as a number (Expand of a class token) keep their chain.
/// </remarks>
internal static class ShapeFolding
{
    private const int OneBatch = 5;
    private const int AnotherBatch = 7;

    /// <summary>The network with constant shape chains as initializers.</summary>
    public static Network Apply(Network network)
    {
        var one = ShapeInference.Values(network, OneBatch);
        var another = ShapeInference.Values(network, AnotherBatch);
        var outputs = network.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var edit = new NetworkEdit(network);
        foreach (var node in network.Nodes)
        {
            if (node.Outputs.All(output => output.Length == 0 || (!outputs.Contains(output) && Elements.Alike(one[output].Constant, another[output].Constant))))
            {
                foreach (string output in node.Outputs.Where(output => output.Length > 0)) edit.Initializers[output] = one[output].Constant!;
            }
            else
            {
                edit.Nodes.Add(node.Operator == "Reshape" ? Reshaped(node, edit, one, another) : node);
            }
        }

        return edit.Done();
    }

    private static Node Reshaped(
        Node node, NetworkEdit edit, IReadOnlyDictionary<string, InferredValue> one, IReadOnlyDictionary<string, InferredValue> another)
    {
        if (Elements.Alike(one[node.Inputs[1]].Constant, another[node.Inputs[1]].Constant)) return node;
        var (from, to) = (one[node.Inputs[0]].Shape, one[node.Output].Shape);
        var (otherFrom, otherTo) = (another[node.Inputs[0]].Shape, another[node.Output].Shape);
        if (to.Length != otherTo.Length || to.Contains(0)) return node;
        long[] target = new long[to.Length];
        for (int axis = 0; axis < target.Length; axis++)
        {
            bool kept = axis < from.Length && axis < otherFrom.Length && from[axis] == to[axis] && otherFrom[axis] == otherTo[axis];
            target[axis] = to[axis] == otherTo[axis] ? to[axis] : kept ? 0 : -1;
        }

        if (target.Count(size => size == -1) > 1) return node;
        return node with
        {
            Inputs = [node.Inputs[0], edit.Integers($"{node.Name}.target", target)],
            Attributes = new(node.Attributes.Values.Remove("allowzero")),
        };
    }
}
