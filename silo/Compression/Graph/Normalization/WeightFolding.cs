using Distributed.Sweeps;

namespace Distributed.Compression.Graph;

/// <summary>Computes what depends on initializers only: weights behind Transpose, Unsqueeze, DequantizeLinear, ConstantOfShape and the like.</summary>
internal static class WeightFolding
{
    /// <summary>What a few bytes of a file may grow to: a ConstantOfShape stands for any number of weights.</summary>
    private const long LargestBytes = 1L << 30;

    /// <summary>The network with such nodes replaced by initializers.</summary>
    public static Network Apply(Network network)
    {
        var edit = new NetworkEdit(network);
        var values = ShapeInference.Given(network, batch: 1);
        var outputs = network.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        long left = LargestBytes;
        foreach (var node in network.Nodes)
        {
            bool constant = node.Inputs.All(input => input.Length == 0 || edit.Initializers.ContainsKey(input)) && !node.Outputs.Any(outputs.Contains);
            if (!constant || !TryFold(node, network.Opset, values, edit, ref left)) edit.Nodes.Add(node);
        }

        return edit.Done();
    }

    private static bool TryFold(Node node, int opset, Dictionary<string, InferredValue> values, NetworkEdit edit, ref long left)
    {
        ShapeInference.Infer(node, opset, values);
        string[] outputs = [.. node.Outputs.Where(output => output.Length > 0)];
        left -= outputs.Sum(output => Bytes(values[output]));
        if (left < 0)
        {
            throw new InvalidInputException(
                $"node '{node.Name}'",
                Invariant($"with the operator {node.Operator} the constants that the model computes take more than {LargestBytes >> 20} MB"),
                "Export the model with its weights as initializers.");
        }

        ShapeInference.Infer(node, opset, values, foldAll: true);
        if (outputs.Any(output => values[output].Constant is null)) return false;
        foreach (string output in outputs) edit.Initializers[output] = values[output].Constant!;
        return true;
    }

    /// <summary>Bytes in memory.</summary>
    private static long Bytes(InferredValue value) => NodeInference.Elements(value.Shape) * (OnnxTypes.IsReal(value.Type) ? sizeof(float) : sizeof(long));
}
