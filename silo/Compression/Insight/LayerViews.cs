using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Sweeps;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Insight;

/// <summary>How the layers of a network see some images: XXᵀ of each layer's outputs.</summary>
internal static class LayerViews
{
    /// <summary>Operators whose outputs are compared.</summary>
    public static bool Computes(Node node) => node.Operator is "Conv" or "Gemm" or "MatMul";

    /// <summary>By node, the Gram matrix of its output over the images, row-major. Empty for a network that the interpreter cannot run.</summary>
    /// <param name="network">The network.</param>
    /// <param name="images">One batch.</param>
    /// <param name="normalization">How they become inputs.</param>
    /// <param name="device">Where the network runs.</param>
    public static IReadOnlyDictionary<string, double[]> Of(Network network, ImageSet images, Normalization normalization, TrainingDevice device)
    {
        Dictionary<string, double[]> grams = [];
        var layers = network.Nodes.Where(Computes).ToDictionary(node => node.Output, node => node.Name);
        using var net = Compiled(network, device);
        if (net is null) return grams;
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var (inputs, _) = new BatchFeeder(images, normalization, device).Batch([.. Enumerable.Range(0, images.Count)]);
        net.Forward(inputs, Pass.Evaluating, (name, value) =>
        {
            if (layers.TryGetValue(name, out string? layer) && value.shape[0] == images.Count) grams[layer] = Gram(value);
            return value;
        });
        return grams;
    }

    private static TorchNetwork? Compiled(Network network, TrainingDevice device)
    {
        try
        {
            return new(network, device);
        }
        catch (InvalidInputException)
        {
            // A quantised graph holds operators that only ONNX Runtime runs: its layers are not compared, and the report says null.
            return null;
        }
    }

    private static double[] Gram(Tensor value)
    {
        using var scope = NewDisposeScope();
        var flat = value.flatten(1).to(ScalarType.Float64);
        return TrainingDevice.Doubles(flat.mm(flat.t()));
    }
}
