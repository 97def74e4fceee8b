namespace Distributed.Compression.Graph;

/// <summary>Operators that keep every element and arrange them anew.</summary>
internal static class ArrangingShapes
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeInference>> Rules { get; } = new Dictionary<string, Action<NodeInference>>
    {
        ["Reshape"] = Reshape,
        ["Flatten"] = Flatten,
        ["Squeeze"] = Squeeze,
        ["Unsqueeze"] = Unsqueeze,
        ["Transpose"] = Transpose,
        ["DepthToSpace"] = DepthToSpace,
        ["SpaceToDepth"] = SpaceToDepth,
    };

    /// <summary>A Transpose node's permutation; axes reversed where none is given.</summary>
    public static int[] Permutation(NodeInference node)
    {
        int rank = node.Shape(0).Length;
        long[]? given = node.Node.Attributes.Integers("perm");
        if (given is null) return [.. Enumerable.Range(0, rank).Reverse()];
        int[] axes = node.Axes(given, rank);
        return axes.Length == rank && axes.Distinct().Count() == rank ? axes : throw node.Error("'perm' is no permutation of the axes");
    }

    private static void Reshape(NodeInference node)
    {
        var input = node.Shape(0);
        long[] target = node.Integers("shape", 1) ?? throw node.Error("the shape is missing");
        bool literalZero = node.Node.Attributes.Integer("allowzero", 0) != 0;
        int[] shape = [.. target.Select((size, axis) => size == 0 && !literalZero ? input[axis] : checked((int)size))];
        int open = Array.IndexOf(shape, -1);
        int count = Tensor.Count(input);
        if (open >= 0)
        {
            int known = Tensor.Count(shape.Where((_, axis) => axis != open));
            shape[open] = known > 0 && count % known == 0 ? count / known : -1;
        }

        if (shape.Any(size => size < 0) || Tensor.Count(shape) != count)
            throw node.Error($"{NodeInference.Text(input)} has not the number of elements of the shape [{string.Join(", ", target)}]");
        node.Give(shape);
    }

    private static void Flatten(NodeInference node)
    {
        var input = node.Shape(0);
        long given = node.Node.Attributes.Integer("axis", 1);
        int axis = given == input.Length ? input.Length : node.Axis(given, input.Length);
        node.Give([Tensor.Count(input[..axis]), Tensor.Count(input[axis..])]);
    }

    private static void Squeeze(NodeInference node)
    {
        var input = node.Shape(0);
        long[]? given = node.Integers("axes", 1);
        int[] axes = given is null
            ? [.. Enumerable.Range(0, input.Length).Where(axis => input[axis] == 1)]
            : node.Axes(given, input.Length);
        if (axes.Any(axis => input[axis] != 1)) throw node.Error($"an axis of {NodeInference.Text(input)} to be removed is not of size 1");
        node.Give(input.Where((_, axis) => !axes.Contains(axis)));
    }

    private static void Unsqueeze(NodeInference node)
    {
        var input = node.Shape(0);
        long[] given = node.Integers("axes", 1) ?? throw node.Error("the axes are missing");
        int rank = input.Length + given.Length;
        int[] axes = node.Axes(given, rank);
        if (axes.Distinct().Count() != axes.Length) throw node.Error("an axis is given twice");
        int next = 0;
        node.Give([.. Enumerable.Range(0, rank).Select(axis => axes.Contains(axis) ? 1 : input[next++])]);
    }

    private static void Transpose(NodeInference node)
    {
        var input = node.Shape(0);
        node.Give(Permutation(node).Select(axis => input[axis]));
    }

    private static void DepthToSpace(NodeInference node)
    {
        var input = node.Shape(0, 4);
        int block = Block(node);
        if (input[1] % (block * block) != 0) throw node.Error("the channels are no multiple of the squared block size");
        node.Give([input[0], input[1] / (block * block), input[2] * block, input[3] * block]);
    }

    private static void SpaceToDepth(NodeInference node)
    {
        var input = node.Shape(0, 4);
        int block = Block(node);
        if (input[2] % block != 0 || input[3] % block != 0) throw node.Error("the image is no multiple of the block size");
        node.Give([input[0], input[1] * block * block, input[2] / block, input[3] / block]);
    }

    private static int Block(NodeInference node) => node.Node.Attributes.Integer("blocksize", 0) is > 0 and < 1 << 15 and var block
        ? (int)block
        : throw node.Error("'blocksize' is missing or impossible");
}
