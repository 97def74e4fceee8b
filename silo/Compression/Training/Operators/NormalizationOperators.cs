using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Normalisation by statistics of the batch, the layer, a group or neighbouring channels.</summary>
internal static class NormalizationOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["BatchNormalization"] = BatchNormalization,
        ["LayerNormalization"] = LayerNormalization,
        ["RMSNormalization"] = RootMeanSquare,
        ["GroupNormalization"] = GroupNormalization,
        ["InstanceNormalization"] = InstanceNormalization,
        ["LpNormalization"] = LpNormalization,
        ["MeanVarianceNormalization"] = MeanVariance,
        ["LRN"] = LocalResponse,
    };

    private static TorchOperator BatchNormalization(TorchNode node)
    {
        double epsilon = node.Attributes.Real("epsilon", 1e-5);
        if (node.Attributes.Integer("training_mode", 0) != 0) return BatchStatistics(node, epsilon);
        return (inputs, pass) =>
            [nn.functional.batch_norm(inputs[0]!, inputs[3]!, inputs[4]!, inputs[1]!, inputs[2]!, pass.Training, pass.Momentum, epsilon)];
    }

    /// <summary>In training mode ONNX gives the running statistics as outputs: momentum · old + (1 − momentum) · batch, the variance divided by n.</summary>
    private static TorchOperator BatchStatistics(TorchNode node, double epsilon)
    {
        double momentum = node.Attributes.Real("momentum", 0.9);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long[] axes = [0, .. ConvolutionOperators.Wide(Enumerable.Range(2, (int)x.dim() - 2))];
            var (variance, mean) = var_mean(x, axes, unbiased: false);
            var y = nn.functional.batch_norm(x, mean, variance, inputs[1]!, inputs[2]!, training: false, 0, epsilon);
            return [y, Blend(inputs[3]!, mean), Blend(inputs[4]!, variance)];
        };

        Tensor Blend(Tensor old, Tensor batch) => old.Times(momentum).Plus(batch.Times(1 - momentum));
    }

    private static TorchOperator LayerNormalization(TorchNode node)
    {
        double epsilon = node.Attributes.Real("epsilon", 1e-5);
        int axis = node.Axis(node.Attributes.Integer("axis", -1));
        long[] normalized = ConvolutionOperators.Wide(node.Shape(0).Skip(axis));
        long[] axes = ConvolutionOperators.Wide(Enumerable.Range(axis, normalized.Length));
        bool plain = Fits(node, 1, normalized) && Fits(node, 2, normalized);
        int outputs = node.Node.Outputs.Length;
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            var bias = inputs.Length > 2 ? inputs[2] : null;
            var y = plain
                ? nn.functional.layer_norm(x, normalized, inputs[1], bias, epsilon)
                : Affine(nn.functional.layer_norm(x, normalized, null, null, epsilon), inputs[1], bias);
            if (outputs == 1) return [y];
            var (variance, mean) = var_mean(x, axes, unbiased: false, keepdim: true);
            return [y, mean, rsqrt(variance.Plus(epsilon))];
        };
    }

    /// <summary>Whether scale or shift have the normalised shape, as libtorch wants them; ONNX lets them stretch.</summary>
    private static bool Fits(TorchNode node, int input, long[] normalized) =>
        !node.Has(input) || node.Shape(input).Select(size => (long)size).SequenceEqual(normalized);

    private static Tensor Affine(Tensor x, Tensor? scale, Tensor? shift)
    {
        var scaled = scale is null ? x : x * scale;
        return shift is null ? scaled : scaled.Plus(shift);
    }

    /// <summary>x / √(mean x² + ε) · scale.</summary>
    private static TorchOperator RootMeanSquare(TorchNode node)
    {
        double epsilon = node.Attributes.Real("epsilon", 1e-5);
        int axis = node.Axis(node.Attributes.Integer("axis", -1));
        long[] axes = ConvolutionOperators.Wide(Enumerable.Range(axis, node.Shape(0).Count - axis));
        return (inputs, _) => [Affine(inputs[0]! * rsqrt((inputs[0]! * inputs[0]!).mean(axes, keepdim: true).Plus(epsilon)), inputs[1], null)];
    }

    /// <summary>Scale and shift are one a group before opset 21, one a channel from then on.</summary>
    private static TorchOperator GroupNormalization(TorchNode node)
    {
        double epsilon = node.Attributes.Real("epsilon", 1e-5);
        int groups = checked((int)node.Attributes.Integer("num_groups", 0));
        var shape = node.Shape(0);
        if (groups < 1 || shape[1] % groups != 0) throw node.Error($"{shape[1]} channels cannot be in {groups} groups");
        int repeats = node.Opset < 21 ? shape[1] / groups : 1;
        return (inputs, _) =>
        {
            var (scale, shift) = (inputs[1]!, inputs[2]!);
            if (repeats > 1) (scale, shift) = (scale.repeat_interleave(repeats), shift.repeat_interleave(repeats));
            return [nn.functional.group_norm(inputs[0]!, groups, scale, shift, epsilon)];
        };
    }

    private static TorchOperator InstanceNormalization(TorchNode node)
    {
        double epsilon = node.Attributes.Real("epsilon", 1e-5);
        return (inputs, _) => [nn.functional.group_norm(inputs[0]!, inputs[0]!.shape[1], inputs[1]!, inputs[2]!, epsilon)];
    }

    private static TorchOperator LpNormalization(TorchNode node)
    {
        int axis = node.Axis(node.Attributes.Integer("axis", -1));
        bool absolute = node.Attributes.Integer("p", 2) == 1;
        var least = TensorArithmetic.Number(1e-12);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            var norm = absolute ? x.abs().sum(new long[] { axis }, true) : (x * x).sum(new long[] { axis }, true).sqrt();
            return [x / norm.clamp_min(least)];
        };
    }

    private static TorchOperator MeanVariance(TorchNode node)
    {
        long[] axes = node.Attributes.Integers("axes") ?? [0, 2, 3];
        return (inputs, _) =>
        {
            var (variance, mean) = var_mean(inputs[0]!, axes, unbiased: false, keepdim: true);
            return [(inputs[0]! - mean) / variance.sqrt().Plus(1e-9)];
        };
    }

    /// <summary>x / (bias + alpha / size · Σ x² over neighbouring channels)^beta; an even window reaches one further at its end.</summary>
    private static TorchOperator LocalResponse(TorchNode node)
    {
        int size = checked((int)node.Attributes.Integer("size", 0));
        if (size < 1) throw node.Error("its size is missing");
        (double alpha, double beta, double bias) = (node.Attributes.Real("alpha", 1e-4), node.Attributes.Real("beta", 0.75), node.Attributes.Real("bias", 1));
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            var squares = (x * x).flatten(2).unsqueeze(1);
            var padded = nn.functional.pad(squares, [0, 0, (size - 1) / 2, size / 2], TorchSharp.PaddingModes.Constant, 0);
            var sum = nn.functional.avg_pool2d(padded, [size, 1], [1, 1]).reshape(x.shape);
            return [x / sum.Times(alpha).Plus(bias).ToThe(beta)];
        };
    }
}
