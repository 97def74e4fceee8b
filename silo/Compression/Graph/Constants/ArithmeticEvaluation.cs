using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>Values of the arithmetic that shape chains and weights go through.</summary>
internal static class ArithmeticEvaluation
{
    /// <summary>Above this, a constant is left to run time: 1 GB of floats.</summary>
    private const int LargestFill = 1 << 28;

    /// <summary>Entries by operator: node, output, the output's shape.</summary>
    public static IReadOnlyDictionary<string, Func<NodeInference, int, ImmutableArray<int>, Tensor?>> Entries { get; } = Create();

    private static Dictionary<string, Func<NodeInference, int, ImmutableArray<int>, Tensor?>> Create() => new()
    {
        ["Add"] = Binary((a, b) => a + b, (a, b) => a + b),
        ["Sub"] = Binary((a, b) => a - b, (a, b) => a - b),
        ["Mul"] = Binary((a, b) => a * b, (a, b) => a * b),
        ["Div"] = Binary((a, b) => a / b, (a, b) => a / b),
        ["Mod"] = Binary((a, b) => a - (b * (long)Math.Floor((double)a / b)), (a, b) => a % b),
        ["Pow"] = Binary((a, b) => (long)Math.Pow(a, b), MathF.Pow),
        ["Min"] = Binary(Math.Min, MathF.Min),
        ["Max"] = Binary(Math.Max, MathF.Max),
        ["Equal"] = Comparison((a, b) => a == b),
        ["Less"] = Comparison((a, b) => a < b),
        ["LessOrEqual"] = Comparison((a, b) => a <= b),
        ["Greater"] = Comparison((a, b) => a > b),
        ["GreaterOrEqual"] = Comparison((a, b) => a >= b),
        ["And"] = Comparison((a, b) => a != 0 && b != 0),
        ["Or"] = Comparison((a, b) => a != 0 || b != 0),
        ["Not"] = (node, _, shape) => node.Constant(0) is IntegerTensor whole ? new IntegerTensor(shape, Map(whole.Data, value => 1 - value), ElementType.Bool) : null,
        ["Neg"] = Unary(value => -value, value => -value),
        ["Abs"] = Unary(Math.Abs, MathF.Abs),
        ["Floor"] = Unary(value => value, MathF.Floor),
        ["Ceil"] = Unary(value => value, MathF.Ceiling),
        ["Sqrt"] = Unary(value => (long)Math.Sqrt(value), MathF.Sqrt),
        ["Cast"] = (node, _, shape) => Cast(node.Constant(0), shape, node.Given[0]!.Type),
        ["Where"] = Where,
        ["Range"] = Range,
        ["ConstantOfShape"] = Fill,
        ["ReduceProd"] = Reduce((a, b) => a * b),
        ["ReduceSum"] = Reduce((a, b) => a + b),
        ["DequantizeLinear"] = Dequantize,
    };

    private static Func<NodeInference, int, ImmutableArray<int>, Tensor?> Binary(Func<long, long, long> whole, Func<float, float, float> real) => (node, _, shape) =>
    {
        if (node.Node.Inputs.Length != 2) return null;
        int[] left = Broadcast.Places(node.Shape(0).AsSpan(), shape.AsSpan());
        int[] right = Broadcast.Places(node.Shape(1).AsSpan(), shape.AsSpan());
        return (node.Constant(0), node.Constant(1)) switch
        {
            (IntegerTensor a, IntegerTensor b) => new IntegerTensor(shape, Map(left, right, a.Data, b.Data, whole), a.Type),
            (FloatTensor a, FloatTensor b) => new FloatTensor(shape, Map(left, right, a.Data, b.Data, real)),
            _ => null,
        };
    };

    private static Func<NodeInference, int, ImmutableArray<int>, Tensor?> Comparison(Func<long, long, bool> compare) => (node, _, shape) =>
    {
        if (node.Constant(0) is not IntegerTensor a || node.Constant(1) is not IntegerTensor b) return null;
        int[] left = Broadcast.Places(a.Shape.AsSpan(), shape.AsSpan());
        int[] right = Broadcast.Places(b.Shape.AsSpan(), shape.AsSpan());
        return new IntegerTensor(shape, Map(left, right, a.Data, b.Data, (x, y) => compare(x, y) ? 1L : 0L), ElementType.Bool);
    };

    private static Func<NodeInference, int, ImmutableArray<int>, Tensor?> Unary(Func<long, long> whole, Func<float, float> real) => (node, _, shape) =>
        node.Constant(0) switch
        {
            IntegerTensor a => new IntegerTensor(shape, Map(a.Data, whole), a.Type),
            FloatTensor a => new FloatTensor(shape, Map(a.Data, real)),
            _ => null,
        };

    /// <summary>Reduces everything; partial reductions of constants are left to run time.</summary>
    private static Func<NodeInference, int, ImmutableArray<int>, Tensor?> Reduce(Func<long, long, long> join) => (node, _, shape) =>
        node.Constant(0) is IntegerTensor { Length: > 0 } whole && Tensor.Count(shape) == 1 ? new IntegerTensor(shape, [whole.Data.Aggregate(join)], whole.Type) : null;

    private static Tensor? Cast(Tensor? tensor, ImmutableArray<int> shape, ElementType to) => (tensor, OnnxTypes.IsReal(to)) switch
    {
        (IntegerTensor whole, true) => new FloatTensor(shape, Map(whole.Data, value => (float)value)),
        (FloatTensor real, true) => new FloatTensor(shape, real.Data),
        (IntegerTensor whole, false) => new IntegerTensor(shape, Map(whole.Data, value => to == ElementType.Bool && value != 0 ? 1 : value), to),
        (FloatTensor real, false) => new IntegerTensor(shape, Map(real.Data, value => to == ElementType.Bool ? (value != 0 ? 1L : 0L) : (long)value), to),
        _ => null,
    };

    private static IntegerTensor? Where(NodeInference node, int output, ImmutableArray<int> shape)
    {
        if (node.Constant(0) is not IntegerTensor choice || node.Constant(1) is not IntegerTensor yes || node.Constant(2) is not IntegerTensor no) return null;
        int[] c = Broadcast.Places(choice.Shape.AsSpan(), shape.AsSpan());
        int[] a = Broadcast.Places(yes.Shape.AsSpan(), shape.AsSpan());
        int[] b = Broadcast.Places(no.Shape.AsSpan(), shape.AsSpan());
        return new IntegerTensor(shape, [.. c.Select((at, i) => choice.Data[at] != 0 ? yes.Data[a[i]] : no.Data[b[i]])], yes.Type);
    }

    private static Tensor? Range(NodeInference node, int output, ImmutableArray<int> shape) => (node.Constant(0), node.Constant(2)) switch
    {
        (IntegerTensor start, IntegerTensor step) => new IntegerTensor(shape, [.. Enumerable.Range(0, shape[0]).Select(i => start.Data[0] + (i * step.Data[0]))], start.Type),
        (FloatTensor start, FloatTensor step) => new FloatTensor(shape, [.. Enumerable.Range(0, shape[0]).Select(i => start.Data[0] + (i * step.Data[0]))]),
        _ => null,
    };

    private static Tensor? Fill(NodeInference node, int output, ImmutableArray<int> shape)
    {
        int count = Tensor.Count(shape);
        if (count > LargestFill) return null;
        switch (node.Node.Attributes.Constant("value"))
        {
            case IntegerTensor { Length: 1 } whole:
                long[] numbers = new long[count];
                Array.Fill(numbers, whole.Data[0]);
                return new IntegerTensor(shape, numbers, whole.Type);
            case var value:
                float[] floats = new float[count];
                Array.Fill(floats, value is FloatTensor { Length: 1 } real ? real.Data[0] : 0);
                return new FloatTensor(shape, floats);
        }
    }

    /// <summary>y = (x − zero point) · scale, both for the whole tensor or for each index of one axis.</summary>
    private static FloatTensor? Dequantize(NodeInference node, int output, ImmutableArray<int> shape)
    {
        if (node.Constant(0) is not IntegerTensor x || node.Constant(1) is not FloatTensor scale || node.Node.Attributes.Integer("block_size", 0) != 0) return null;
        long[] zero = (node.Constant(2) as IntegerTensor)?.Data ?? [0];
        int inner = scale.Length == 1 ? Math.Max(1, x.Length) : Tensor.Count(shape[(node.Axis(node.Node.Attributes.Integer("axis", 1), shape.Length) + 1)..]);
        float[] data = new float[x.Length];
        for (int i = 0; i < data.Length; i++)
        {
            int at = i / inner % scale.Length;
            data[i] = (x.Data[i] - zero[at % zero.Length]) * scale.Data[at];
        }

        return new FloatTensor(shape, data);
    }

    private static TTo[] Map<TFrom, TTo>(TFrom[] data, Func<TFrom, TTo> map)
    {
        var result = new TTo[data.Length];
        for (int i = 0; i < data.Length; i++) result[i] = map(data[i]);
        return result;
    }

    private static T[] Map<T>(int[] left, int[] right, T[] a, T[] b, Func<T, T, T> map)
    {
        var result = new T[left.Length];
        for (int i = 0; i < result.Length; i++) result[i] = map(a[left[i]], b[right[i]]);
        return result;
    }
}
