using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Normalisation by statistics of the batch, the layer or a group.</summary>
internal static class NormalizationOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["BatchNormalization"] = BatchNormalization,
        ["LayerNormalization"] = LayerNormalization,
    };

    private static TorchOperator BatchNormalization(TorchNode node)
    {
        double epsilon = node.Attributes.Real("epsilon", 1e-5);
        return (inputs, pass) =>
            [nn.functional.batch_norm(inputs[0]!, inputs[3]!, inputs[4]!, inputs[1]!, inputs[2]!, pass.Training, pass.Momentum, epsilon)];
    }

    private static TorchOperator LayerNormalization(TorchNode node)
    {
        double epsilon = node.Attributes.Real("epsilon", 1e-5);
        long[] normalized = [.. node.Shape(0).Skip(node.Axis(node.Attributes.Integer("axis", -1))).Select(size => (long)size)];
        return (inputs, _) =>
            [nn.functional.layer_norm(inputs[0]!, normalized, inputs[1], inputs.Length > 2 ? inputs[2] : null, epsilon)];
    }
}
