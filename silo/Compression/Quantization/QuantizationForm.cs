using Distributed.Compression.Graph;

namespace Distributed.Compression.Quantization;

/// <summary>Writes a network in the operators that integer kernels exist for. It computes what it computed.</summary>
/// <remarks>BatchNormalization is folded into convolutions; a mean over all positions becomes GlobalAveragePool; a Sum of two becomes Add.</remarks>
internal static class QuantizationForm
{
    /// <summary>The network in that form; weights are those of the last training.</summary>
    public static Network Of(Network network) => BatchNormalizationFolding.Apply(Renamed(network));

    private static Network Renamed(Network network)
    {
        var values = ShapeInference.Values(network, 1);
        var edit = new NetworkEdit(network);
        foreach (var node in network.Nodes)
        {
            if (node is { Operator: "Sum", Inputs.Length: 2 }) edit.Nodes.Add(node with { Operator = "Add" });
            else if (node.Operator == "ReduceMean" && IsGlobalMean(node, values)) edit.Nodes.AddRange(Pooled(node, edit));
            else edit.Nodes.Add(node);
        }

        return edit.Done();
    }

    private static bool IsGlobalMean(Node node, IReadOnlyDictionary<string, InferredValue> values)
    {
        int rank = values[node.Inputs[0]].Shape.Length;
        long[]? axes = node.Attributes.Integers("axes") ?? (node.Input(1) is { } input ? (values[input].Constant as IntegerTensor)?.Data : null);
        return rank > 2 && axes is not null && axes.Select(axis => axis < 0 ? axis + rank : axis).Order().SequenceEqual(Enumerable.Range(2, rank - 2).Select(axis => (long)axis));
    }

    private static IEnumerable<Node> Pooled(Node node, NetworkEdit edit)
    {
        bool keep = node.Attributes.Integer("keepdims", 1) != 0;
        string pooled = keep ? node.Output : edit.Fresh($"{node.Output}.pooled");
        yield return new() { Name = node.Name, Operator = "GlobalAveragePool", Inputs = [node.Inputs[0]], Outputs = [pooled] };
        if (!keep)
            yield return new() { Name = edit.Fresh($"{node.Name}.flat"), Operator = "Flatten", Inputs = [pooled], Outputs = node.Outputs, Attributes = Attributes.Empty.With("axis", 1L) };
    }
}
