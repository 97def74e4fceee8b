namespace Distributed.Compression.Graph;

/// <summary>Computes what depends on initializers only: weights behind Transpose, Unsqueeze, DequantizeLinear, ConstantOfShape and the like.</summary>
internal static class WeightFolding
{
    /// <summary>The network with such nodes replaced by initializers.</summary>
    public static Network Apply(Network network)
    {
        var edit = new NetworkEdit(network);
        var values = ShapeInference.Given(network, batch: 1);
        var outputs = network.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in network.Nodes)
        {
            bool constant = node.Inputs.All(input => input.Length == 0 || edit.Initializers.ContainsKey(input)) && !node.Outputs.Any(outputs.Contains);
            if (!constant || !TryFold(node, network.Opset, values, edit)) edit.Nodes.Add(node);
        }

        return edit.Done();
    }

    private static bool TryFold(Node node, int opset, Dictionary<string, InferredValue> values, NetworkEdit edit)
    {
        ShapeInference.Infer(node, opset, values, foldAll: true);
        if (node.Outputs.Any(output => output.Length > 0 && values[output].Constant is null)) return false;
        foreach (string output in node.Outputs.Where(output => output.Length > 0)) edit.Initializers[output] = values[output].Constant!;
        return true;
    }
}
