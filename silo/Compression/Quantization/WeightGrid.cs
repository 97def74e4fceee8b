using Distributed.Compression.Graph;

namespace Distributed.Compression.Quantization;

/// <summary>A weight tensor in integers: w ≈ scale[channel] · q, symmetric, one scale for each output channel; q in [−64, 64], or fewer levels.</summary>
/// <remarks>
/// Of 8 bits weights use 7, as ONNX Runtime's <c>reduce_range</c> does: processors without VNNI add two products of an activation (to 255) and a
/// weight in 16 bits (AVX2's vpmaddubsw), where 2 · 255 · 127 saturates and 2 · 255 · 64 does not. With all 8 bits a file that is right on one
/// machine agrees with its network on 6 images of 10 on another.
/// </remarks>
/// <param name="Scales">For each output channel its scale, above 0.</param>
/// <param name="Axis">The axis of output channels.</param>
/// <param name="Rounding">How finely.</param>
internal sealed record WeightGrid(float[] Scales, int Axis, WeightRounding Rounding)
{
    /// <summary>Below this a weight counts as zero: its scale times an activation's would leave the normal floats.</summary>
    private const float Least = 1e-20f;

    /// <summary>The largest bias that an accumulator takes with room for the products, in steps of activation scale · weight scale.</summary>
    private const double LargestBias = 1 << 30;

    /// <summary>The grid whose ends are each channel's largest weight, or what its rounding keeps of it.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="axis">The axis of output channels.</param>
    /// <param name="bias">Added to each channel; null for none. A channel of next to no weights gets a scale that its bias can be told in.</param>
    /// <param name="inputScale">The scale of the activations that the weights meet.</param>
    /// <param name="rounding">How finely.</param>
    public static WeightGrid Of(FloatTensor weights, int axis, float[]? bias, float inputScale, WeightRounding rounding)
    {
        float[] largest = new float[weights.Shape[axis]];
        ForEach(weights, axis, (i, channel) => largest[channel] = Math.Max(largest[channel], Math.Abs(weights.Data[i])));
        return new([.. largest.Select((value, channel) => Scale(value, bias?[channel] ?? 0, inputScale, rounding))], axis, rounding);
    }

    private static float Scale(float largest, float bias, float inputScale, WeightRounding rounding)
    {
        float least = (float)(Math.Abs(bias) / (inputScale * LargestBias));
        float scale = Math.Max(largest >= Least ? largest / (float)rounding.Divisor : 0, least);
        return scale > 0 ? scale : 1;
    }

    /// <summary>The q of every weight, row-major like the weights, halves to even.</summary>
    public IntegerTensor Quantize(FloatTensor weights)
    {
        long[] levels = new long[weights.Data.Length];
        int most = Rounding.Levels;
        ForEach(weights, Axis, (i, channel) => levels[i] = (long)Math.Clamp(MathF.Round(weights.Data[i] / Scales[channel]), -most, most));
        return new(weights.Shape, levels, ElementType.Int8);
    }

    /// <summary>A bias in steps of the accumulator: activation scale · weight scale, for each channel.</summary>
    public (float[] Scales, IntegerTensor Levels) QuantizeBias(float[] bias, float inputScale)
    {
        float[] scales = [.. Scales.Select(scale => scale * inputScale)];
        return (scales, new([bias.Length], [.. bias.Select((value, i) => (long)Math.Round((double)value / scales[i]))], ElementType.Int32));
    }

    private static void ForEach(FloatTensor weights, int axis, Action<int, int> visit)
    {
        int inner = Tensor.Count(weights.Shape.Skip(axis + 1)), channels = weights.Shape[axis];
        for (int i = 0; i < weights.Data.Length; i++) visit(i, i / inner % channels);
    }
}
