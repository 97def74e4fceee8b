using Distributed.Sweeps;

namespace Distributed.Compression.Graph;

/// <summary>Opens a batch that the export has fixed (often at 1), so that the network can be trained on batches.</summary>
/// <remarks>Reshape targets that repeat the fixed batch copy it from their input instead. Where the network then does not hold together, or its outputs do not follow the batch, it stays fixed.</remarks>
internal static class BatchOpening
{
    /// <summary>The network with an open batch, or the same network.</summary>
    public static Network Apply(Network network)
    {
        if (network.Inputs is not [{ Shape: [> 0, _, ..] } input]) return network;
        int batch = input.Shape[0];
        var values = ShapeInference.Values(network, 1);
        var edit = new NetworkEdit(network);
        foreach (var node in network.Nodes) edit.Nodes.Add(Opened(node, batch, values, edit));
        var opened = edit.Done() with { Inputs = [input with { Shape = input.Shape.SetItem(0, -1) }] };
        return Follows(opened, (batch % 1000) + 2) ? opened : network;
    }

    private static Node Opened(Node node, int batch, IReadOnlyDictionary<string, InferredValue> values, NetworkEdit edit)
    {
        bool fixedHere = node.Operator == "Reshape" && node.Attributes.Integer("allowzero", 0) == 0
            && values[node.Inputs[0]].Shape is [var from, ..] && from == batch
            && values[node.Inputs[1]].Constant is IntegerTensor { Data: [var to, ..] } && to == batch;
        if (!fixedHere) return node;
        long[] target = [0, .. ((IntegerTensor)values[node.Inputs[1]].Constant!).Data[1..]];
        return node with { Inputs = [node.Inputs[0], edit.Integers($"{node.Name}.open", target)] };
    }

    private static bool Follows(Network network, int batch)
    {
        try
        {
            var shapes = ShapeInference.Infer(network, batch);
            return network.Outputs.All(output => shapes[output.Name] is [var first, ..] && first == batch);
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }
}
