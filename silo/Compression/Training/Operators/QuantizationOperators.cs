using TorchSharp;
using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>To whole numbers and back, per tensor, per index of an axis, or per block.</summary>
internal static class QuantizationOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["QuantizeLinear"] = Quantize,
        ["DequantizeLinear"] = Dequantize,
    };

    /// <summary>clamp(round(x / scale) + zero point), halves to the even number.</summary>
    private static TorchOperator Quantize(TorchNode node)
    {
        var type = ElementTypes.Of(node.Output().Type);
        var (low, high) = Bounds(node, node.Output().Type);
        return (inputs, _) =>
        {
            var steps = round(inputs[0]! / Spread(node, inputs[1]!));
            if (inputs.Length > 2 && inputs[2] is { } zero) steps = steps.Plus(Spread(node, zero).to_type(steps.dtype));
            return [steps.clamp(low, high).to_type(type)];
        };
    }

    /// <summary>(x − zero point) · scale.</summary>
    private static TorchOperator Dequantize(TorchNode node) => (inputs, _) =>
    {
        var x = inputs[0]!.to_type(ScalarType.Float32);
        if (inputs.Length > 2 && inputs[2] is { } zero) x = x - Spread(node, zero).to_type(ScalarType.Float32);
        return [x * Spread(node, inputs[1]!)];
    };

    /// <summary>A scale or zero point, shaped so that it stretches over the input.</summary>
    private static Tensor Spread(TorchNode node, Tensor setting)
    {
        if (setting.numel() == 1) return setting.reshape([]);
        var shape = node.Shape(0);
        int axis = node.Axis(node.Attributes.Integer("axis", 1));
        long block = node.Attributes.Integer("block_size", 0);
        return block > 0
            ? setting.repeat_interleave(block, axis).narrow(axis, 0, shape[axis])
            : setting.reshape([-1, .. Enumerable.Repeat(1L, shape.Count - 1 - axis)]);
    }

    private static (Scalar Low, Scalar High) Bounds(TorchNode node, Graph.ElementType type) => type switch
    {
        Graph.ElementType.Int8 => Range(sbyte.MinValue, sbyte.MaxValue),
        Graph.ElementType.UInt8 => Range(byte.MinValue, byte.MaxValue),
        Graph.ElementType.Int16 => Range(short.MinValue, short.MaxValue),
        Graph.ElementType.UInt16 => Range(ushort.MinValue, ushort.MaxValue),
        _ => throw node.Error($"it quantises to {type}"),
    };

    private static (Scalar Low, Scalar High) Range(long low, long high) => (TensorArithmetic.Number(low), TensorArithmetic.Number(high));
}
