namespace Distributed.Compression.Graph;

/// <summary>Gives convolutions back the BatchNormalization that was folded into them, so that pruning can rank by it and recalibrate it.</summary>
/// <remarks>
/// For a channel with mean μ and variance σ² of the convolution's output (bias b included): γ = √(σ² + ε), β = μ, running mean μ − b, running
/// variance σ², and the convolution loses its bias. Then γ · (y − b − (μ − b)) / √(σ² + ε) + β = y: nothing changes.
/// </remarks>
internal static class BatchNormalizationInsertion
{
    private const float Epsilon = 1e-5f;

    /// <summary>Names of the convolutions with a bias whose output no BatchNormalization reads.</summary>
    public static IReadOnlyList<string> ConvolutionsWithoutNormalization(Network network)
    {
        var normalized = network.Nodes.Where(node => node.Operator == "BatchNormalization").Select(node => node.Inputs[0]).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. network.Nodes.Where(node => node.Operator == "Conv" && !normalized.Contains(node.Output)
                && node.Input(2) is { } bias && network.Initializers.ContainsKey(bias)).Select(node => node.Name),
        ];
    }

    /// <summary>The network with a BatchNormalization behind each convolution named.</summary>
    /// <param name="network">The network.</param>
    /// <param name="statistics">Mean and variance for each channel of the convolutions' outputs, by node name.</param>
    public static Network Insert(Network network, IReadOnlyDictionary<string, (float[] Mean, float[] Variance)> statistics)
    {
        var edit = new NetworkEdit(network);
        foreach (var node in network.Nodes)
        {
            if (!statistics.TryGetValue(node.Name, out var channels))
            {
                edit.Nodes.Add(node);
                continue;
            }

            string raw = edit.Fresh($"{node.Name}.raw");
            edit.Nodes.Add(node with { Inputs = node.Inputs[..2], Outputs = [raw] });
            edit.Nodes.Add(Normalization(node, raw, channels, network.Floats(node.Inputs[2]).Data, edit));
        }

        return DeadCode.Apply(edit.Done());
    }

    private static Node Normalization(Node node, string raw, (float[] Mean, float[] Variance) channels, float[] bias, NetworkEdit edit)
    {
        int width = bias.Length;
        float[] gamma = new float[width];
        float[] mean = new float[width];
        for (int i = 0; i < width; i++)
        {
            gamma[i] = MathF.Sqrt(channels.Variance[i] + Epsilon);
            mean[i] = channels.Mean[i] - bias[i];
        }

        string name = edit.Fresh($"{node.Name}.bn");
        string Vector(string part, float[] values) => edit.Constant($"{name}.{part}", new FloatTensor([width], values));
        return new()
        {
            Name = name,
            Operator = "BatchNormalization",
            Inputs = [raw, Vector("gamma", gamma), Vector("beta", channels.Mean), Vector("mean", mean), Vector("variance", channels.Variance)],
            Outputs = node.Outputs,
            Attributes = Attributes.Empty.With("epsilon", (double)Epsilon),
        };
    }
}
