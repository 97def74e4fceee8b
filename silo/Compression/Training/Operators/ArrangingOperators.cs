using Distributed.Compression.Graph;

namespace Distributed.Compression.Training;

/// <summary>Operators that keep every element and arrange them anew.</summary>
internal static class ArrangingOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Flatten"] = Flatten,
        ["Reshape"] = Reshape,
        ["Transpose"] = Transpose,
        ["Squeeze"] = Squeeze,
        ["Unsqueeze"] = Unsqueeze,
        ["DepthToSpace"] = DepthToSpace,
        ["SpaceToDepth"] = SpaceToDepth,
    };

    private static TorchOperator Flatten(TorchNode node)
    {
        long given = node.Attributes.Integer("axis", 1);
        int axis = given == node.Shape(0).Count ? (int)given : node.Axis(given);
        return axis == 1 && node.Shape(0).Count > 1
            ? (inputs, _) => [inputs[0]!.flatten(1)]
            : (inputs, _) => [inputs[0]!.reshape(Product(inputs[0]!.shape[..axis]), Product(inputs[0]!.shape[axis..]))];
    }

    private static TorchOperator Reshape(TorchNode node)
    {
        var target = node.Computed("shape", 1);
        bool literalZero = node.Attributes.Integer("allowzero", 0) != 0;
        return (inputs, _) => [inputs[0]!.reshape([.. target(inputs).Select((size, axis) => size == 0 && !literalZero ? inputs[0]!.shape[axis] : size)])];
    }

    private static TorchOperator Transpose(TorchNode node)
    {
        long[] order = ConvolutionOperators.Wide(ArrangingShapes.Permutation(node.Inference));
        return (inputs, _) => [inputs[0]!.permute(order)];
    }

    private static TorchOperator Squeeze(TorchNode node)
    {
        var shape = node.Shape(0);
        long[] axes = node.Integers("axes", 1) ?? ConvolutionOperators.Wide(Enumerable.Range(0, shape.Count).Where(axis => shape[axis] == 1));
        int[] descending = [.. axes.Select(axis => node.Axis(axis)).OrderDescending()];
        return (inputs, _) => [descending.Aggregate(inputs[0]!.alias(), (x, axis) => x.squeeze(axis))];
    }

    private static TorchOperator Unsqueeze(TorchNode node)
    {
        long[] axes = node.Integers("axes", 1)!;
        int rank = node.Shape(0).Count + axes.Length;
        int[] ascending = [.. axes.Select(axis => (int)(axis < 0 ? axis + rank : axis)).Order()];
        return (inputs, _) => [ascending.Aggregate(inputs[0]!.alias(), (x, axis) => x.unsqueeze(axis))];
    }

    /// <summary>Channels are read as block, block, depth ("DCR", the default) or as depth, block, block ("CRD", a pixel shuffle).</summary>
    private static TorchOperator DepthToSpace(TorchNode node)
    {
        long block = node.Attributes.Integer("blocksize", 1);
        bool depthFirst = node.Attributes.Text("mode", "DCR") == "CRD";
        return (inputs, _) =>
        {
            long[] s = inputs[0]!.shape;
            long depth = s[1] / (block * block);
            var moved = depthFirst
                ? inputs[0]!.reshape(s[0], depth, block, block, s[2], s[3]).permute(0, 1, 4, 2, 5, 3)
                : inputs[0]!.reshape(s[0], block, block, depth, s[2], s[3]).permute(0, 3, 4, 1, 5, 2);
            return [moved.reshape(s[0], depth, s[2] * block, s[3] * block)];
        };
    }

    private static TorchOperator SpaceToDepth(TorchNode node)
    {
        long block = node.Attributes.Integer("blocksize", 1);
        return (inputs, _) =>
        {
            long[] s = inputs[0]!.shape;
            var moved = inputs[0]!.reshape(s[0], s[1], s[2] / block, block, s[3] / block, block).permute(0, 3, 5, 1, 2, 4);
            return [moved.reshape(s[0], s[1] * block * block, s[2] / block, s[3] / block)];
        };
    }

    private static long Product(long[] sizes) => sizes.Aggregate(1L, (product, size) => product * size);
}
