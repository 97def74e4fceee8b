using System.Numerics.Tensors;

namespace Distributed.Compression.Graph;

/// <summary>Writes every Gemm whose weight is an initializer as x · Wᵀ + b: W is [out, in], the factors are in W and b.</summary>
internal static class GemmForm
{
    /// <summary>The network with such Gemm nodes.</summary>
    public static Network Apply(Network network)
    {
        var edit = new NetworkEdit(network);
        foreach (var node in network.Nodes) edit.Nodes.Add(node.Operator == "Gemm" ? Canonical(node, edit) : node);
        return edit.Done();
    }

    private static Node Canonical(Node node, NetworkEdit edit)
    {
        bool flipped = node.Attributes.Integer("transB", 0) != 0;
        float alpha = (float)node.Attributes.Real("alpha", 1);
        float beta = (float)node.Attributes.Real("beta", 1);
        if (node.Attributes.Integer("transA", 0) != 0 || !edit.Initializers.TryGetValue(node.Inputs[1], out var tensor) || tensor is not FloatTensor weight) return node;
        string[] inputs = [.. node.Inputs.Where((_, i) => i < 2 || node.Input(i) is not null)];
        if (inputs.Length > 2 && beta != 1)
        {
            if (!edit.Initializers.TryGetValue(inputs[2], out var bias) || bias is not FloatTensor floats) return node;
            inputs[2] = edit.Constant($"{node.Name}.bias", new FloatTensor(floats.Shape, Scaled(floats.Data, beta)));
        }

        if (!flipped || alpha != 1) inputs[1] = edit.Constant($"{node.Name}.weight", Weight(weight, flipped, alpha));
        return node with { Inputs = [.. inputs], Attributes = Attributes.Empty.With("transB", 1L) };
    }

    private static FloatTensor Weight(FloatTensor weight, bool flipped, float alpha)
    {
        if (flipped) return new(weight.Shape, Scaled(weight.Data, alpha));
        (int rows, int columns) = (weight.Shape[0], weight.Shape[1]);
        float[] data = new float[weight.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++) data[(column * rows) + row] = alpha * weight.Data[(row * columns) + column];
        }

        return new([columns, rows], data);
    }

    private static float[] Scaled(float[] data, float factor)
    {
        float[] scaled = new float[data.Length];
        TensorPrimitives.Multiply(data, factor, scaled);
        return scaled;
    }
}
