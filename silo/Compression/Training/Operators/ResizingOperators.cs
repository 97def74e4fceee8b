using Distributed.Compression.Graph;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>Resize: each axis by itself, as a choice of elements or as a product with its weights.</summary>
internal static class ResizingOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Resize"] = Resize,
        ["Upsample"] = Resize,
    };

    private static TorchOperator Resize(TorchNode node)
    {
        var axes = ResizedAxis.Of(node.Inference);
        double beyond = node.Attributes.Real("extrapolation_value", 0);
        Func<Tensor, Tensor>[] steps = [.. axes.Select((axis, i) => Step(axis, new(node.Inference, i, axes.Length, axis), beyond, node.Device)).OfType<Func<Tensor, Tensor>>()];
        return (inputs, _) => [steps.Aggregate(inputs[0]!.alias(), (x, step) => step(x))];
    }

    /// <summary>One axis; null where it stays as it is.</summary>
    private static Func<Tensor, Tensor>? Step(ResizedAxis axis, Resampling resampling, double beyond, TrainingDevice device)
    {
        bool[]? outside = resampling.Outside();
        if (axis.From == axis.Size && axis.Scale == 1 && outside is null) return null;
        var fill = TensorArithmetic.Number(beyond);
        Func<Tensor, Tensor> resize = resampling.PicksNearest ? Picked(axis, resampling, device) : Weighed(axis, resampling, device);
        return outside is null || !outside.Contains(true) ? resize : x =>
        {
            var resized = resize(x);
            var mask = device.Of(outside).reshape([-1, .. Enumerable.Repeat(1L, (int)x.dim() - 1 - axis.Axis)]);
            return where(mask, full_like(resized, fill), resized);
        };
    }

    private static Func<Tensor, Tensor> Picked(ResizedAxis axis, Resampling resampling, TrainingDevice device)
    {
        long[] places = ConvolutionOperators.Wide(resampling.Nearest());
        return x => x.index_select(axis.Axis, device.Of(places));
    }

    private static Func<Tensor, Tensor> Weighed(ResizedAxis axis, Resampling resampling, TrainingDevice device)
    {
        float[] weights = resampling.Weights();
        return x =>
        {
            using var matrix = device.Of(weights, [axis.Size, axis.From]);
            return nn.functional.linear(x.transpose(axis.Axis, -1), matrix).transpose(axis.Axis, -1);
        };
    }
}
