using Distributed.Compression.Graph;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>A convolution or dense layer as a matrix product: outputs (samples × out) = columns (samples × in·kernel) · Wᵀ + bias.</summary>
internal sealed record FittedLayer
{
    private FittedLayer(Node node, int inputAxis, bool transposed) => (Node, InputAxis, IsTransposed) = (node, inputAxis, transposed);

    /// <summary>The node.</summary>
    public Node Node { get; }

    /// <summary>The weight's axis that inputs stand along.</summary>
    public int InputAxis { get; }

    /// <summary>Whether the weight is stored as in × out.</summary>
    public bool IsTransposed { get; }

    /// <summary>The layer of a node; null where it is none, is grouped, or shares its weight with another node.</summary>
    public static FittedLayer? Of(Node node, Network network)
    {
        if (node.Operator is not ("Conv" or "Gemm") || network.Initializers.GetValueOrDefault(node.Inputs[1]) is not FloatTensor weight) return null;
        if (network.Nodes.Count(other => other.Inputs.Contains(node.Inputs[1])) > 1) return null;
        var attributes = node.Attributes;
        if (node.Operator == "Conv")
            return weight.Shape.Length == 4 && attributes.Integer("group", 1) == 1 && attributes.Text("auto_pad", "NOTSET") == "NOTSET" ? new(node, 1, false) : null;
        bool plain = attributes.Integer("transA", 0) == 0 && attributes.Real("alpha", 1) == 1 && attributes.Real("beta", 1) == 1;
        bool transposed = attributes.Integer("transB", 0) == 0;
        return plain ? new(node, transposed ? 0 : 1, transposed) : null;
    }

    /// <summary>What the weights are multiplied with, one row for each position of each image (im2col).</summary>
    /// <param name="input">N × C × H × W, or N × C.</param>
    /// <param name="weight">Its shape tells the kernel.</param>
    public Tensor Columns(Tensor input, FloatTensor weight)
    {
        if (Node.Operator == "Gemm") return input;
        long[] kernel = [weight.Shape[2], weight.Shape[3]];
        long[] strides = Node.Attributes.Integers("strides") ?? [1, 1], dilations = Node.Attributes.Integers("dilations") ?? [1, 1];
        var padded = ConvolutionOperators.Padded(input, [.. (Node.Attributes.Integers("pads") ?? new long[4]).Select(pad => (int)pad)], 0);
        var columns = nn.functional.unfold(padded, (kernel[0], kernel[1]), (dilations[0], dilations[1]), (0, 0), (strides[0], strides[1]));
        return columns.transpose(1, 2).flatten(0, 1);
    }

    /// <summary>Outputs in rows like <see cref="Columns"/>: samples × channels.</summary>
    public Tensor Rows(Tensor output) => Node.Operator == "Gemm" ? output : output.permute(0, 2, 3, 1).flatten(0, 2);

    /// <summary>The weight as in·kernel × out.</summary>
    public Tensor Matrix(FloatTensor weight, TrainingDevice device)
    {
        var stored = device.Of(weight.Data, [.. weight.Shape.Select(size => (long)size)]);
        return IsTransposed ? stored : stored.flatten(1).t();
    }

    /// <summary>A matrix of in·kernel × out in the weight's own form.</summary>
    public FloatTensor Stored(Tensor matrix, FloatTensor weight) => new(weight.Shape, TrainingDevice.Floats(IsTransposed ? matrix : matrix.t()));
}
