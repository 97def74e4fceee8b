namespace Distributed.Compression.Graph;

/// <summary>Operators that make values from shapes and numbers.</summary>
internal static class ConstantShapes
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeInference>> Rules { get; } = new Dictionary<string, Action<NodeInference>>
    {
        ["Shape"] = Shape,
        ["Size"] = node => node.Give(0, [], ElementType.Int64),
        ["ConstantOfShape"] = node => node.Give(
            0,
            node.Integers(0).Select(size => checked((int)size)),
            node.Node.Attributes.Constant("value")?.Type ?? ElementType.Float),
        ["Range"] = Range,
    };

    /// <summary>The part of the shape that a Shape node gives: from start up to end, both clamped.</summary>
    public static (int Start, int End) Part(NodeInference node)
    {
        int rank = node.Shape(0).Length;
        int Clamp(long axis) => (int)Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
        int start = Clamp(node.Node.Attributes.Integer("start", 0));
        return (start, Math.Max(start, Clamp(node.Node.Attributes.Integer("end", rank))));
    }

    private static void Shape(NodeInference node)
    {
        (int start, int end) = Part(node);
        node.Give(0, [end - start], ElementType.Int64);
    }

    private static void Range(NodeInference node)
    {
        double Number(int input) => node.Constant(input) switch
        {
            IntegerTensor { Length: 1 } whole => whole.Data[0],
            FloatTensor { Length: 1 } real => real.Data[0],
            _ => throw node.Error(Invariant($"input {input} is no constant number")),
        };
        node.Give([Math.Max(0, checked((int)Math.Ceiling((Number(1) - Number(0)) / Number(2))))]);
    }
}
