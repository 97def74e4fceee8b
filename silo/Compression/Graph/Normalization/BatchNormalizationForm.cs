namespace Distributed.Compression.Graph;

/// <summary>Turns BatchNormalization as exporters write it in training mode into the inference form: one output, running statistics.</summary>
internal static class BatchNormalizationForm
{
    private static readonly string[] TrainingOnly = ["training_mode", "is_test", "spatial", "consumed_inputs"];

    /// <summary>The network with every BatchNormalization in inference form.</summary>
    /// <remarks>Outputs of the statistics that something reads keep their node as it is; it is then refused where it is needed.</remarks>
    public static Network Apply(Network network)
    {
        var read = network.Nodes.SelectMany(node => node.Inputs).Concat(network.Outputs.Select(output => output.Name)).ToHashSet(StringComparer.Ordinal);
        return network with { Nodes = [.. network.Nodes.Select(node => node.Operator == "BatchNormalization" ? Inference(node, read) : node)] };
    }

    private static Node Inference(Node node, HashSet<string> read)
    {
        if (node.Outputs.Skip(1).Any(output => output.Length > 0 && read.Contains(output))) return node;
        return node with { Outputs = node.Outputs[..1], Attributes = new(node.Attributes.Values.RemoveRange(TrainingOnly)) };
    }
}
