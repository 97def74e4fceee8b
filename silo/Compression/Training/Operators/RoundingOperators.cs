using TorchSharp;
using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Rounding to 8 bits whose gradient is 1 inside the range and 0 outside (the straight-through estimator of Bengio et al. 2013).</summary>
internal static class RoundingOperators
{
    private const int ActivationLevels = 255;
    private static readonly Scalar LeastScale = TensorArithmetic.Number(1e-22);

    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        [Quantization.FakeQuantization.Operator] = node => node.Attributes.Has("input_scale") ? Bias(node) : node.Attributes.Has("axis") ? Weights(node) : Activation(node),
    };

    /// <summary>x ↦ s · (clamp(round(x ÷ s) + z, 0, 255) − z).</summary>
    private static TorchOperator Activation(TorchNode node)
    {
        (double scale, long zero) = (node.Attributes.Real("scale", 1), node.Attributes.Integer("zero_point", 0));
        Scalar low = TensorArithmetic.Number(-zero * scale), high = TensorArithmetic.Number((ActivationLevels - zero) * scale), step = TensorArithmetic.Number(scale);
        return (inputs, _) =>
        {
            var inside = inputs[0]!.clamp(low, high);
            return [Straight(inside, inside.detach().div(step).round_().mul_(step))];
        };
    }

    /// <summary>w ↦ s · clamp(round(w ÷ s), −n, n) with s = clip · max |w| ÷ n of each index of the axis; n is 64 with 8 bits. The gradient is 1 everywhere.</summary>
    private static TorchOperator Weights(TorchNode node)
    {
        long[] others = AllBut(node.Axis(node.Attributes.Integer("axis", 0)), node.Shape(0).Count);
        var rounding = Quantization.FakeQuantization.RoundingOf(node.Attributes);
        Scalar divisor = TensorArithmetic.Number(rounding.Divisor), low = TensorArithmetic.Number(-rounding.Levels), high = TensorArithmetic.Number(rounding.Levels);
        return (inputs, _) =>
        {
            var weights = inputs[0]!.detach();
            var scale = Scale(weights, others, divisor);
            return [Straight(inputs[0]!, weights.div(scale).round_().clamp_(low, high).mul_(scale))];
        };
    }

    /// <summary>b ↦ t · round(b ÷ t) with t = input scale · s of its channel's weights.</summary>
    private static TorchOperator Bias(TorchNode node)
    {
        long[] others = AllBut(node.Axis(node.Attributes.Integer("axis", 0), input: 1), node.Shape(1).Count);
        double inputScale = node.Attributes.Real("input_scale", 1);
        var divisor = TensorArithmetic.Number(Quantization.FakeQuantization.RoundingOf(node.Attributes).Divisor);
        return (inputs, _) =>
        {
            var bias = inputs[0]!.detach();
            var scale = Scale(inputs[1]!.detach(), others, divisor).Multiply(inputScale);
            return scale.numel() == bias.numel() ? [Straight(inputs[0]!, bias.div(scale.reshape(bias.shape)).round_().mul_(scale.reshape(bias.shape)))] : [inputs[0]!.alias()];
        };
    }

    private static Tensor Scale(Tensor weights, long[] others, Scalar divisor) => weights.abs().amax(others, keepdim: true).div_(divisor).clamp_min_(LeastScale);

    private static long[] AllBut(long axis, int rank) => [.. Enumerable.Range(0, rank).Select(dimension => (long)dimension).Where(dimension => dimension != axis)];

    /// <summary>The rounded value with the gradient of the other.</summary>
    private static Tensor Straight(Tensor value, Tensor rounded) => value.Plus((rounded - value).detach());
}
