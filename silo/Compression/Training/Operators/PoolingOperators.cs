using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Pools and reductions.</summary>
internal static class PoolingOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["MaxPool"] = node => Pool(node, double.NegativeInfinity, (x, window) =>
            nn.functional.max_pool2d(x, window.Kernel, window.Strides, window.Padding, window.Dilations, node.Attributes.Integer("ceil_mode", 0) != 0)),
        ["AveragePool"] = AveragePool,
        ["GlobalAveragePool"] = _ => (inputs, _) => [inputs[0]!.mean(Spatial(inputs[0]!), keepdim: true)],
        ["GlobalMaxPool"] = _ => (inputs, _) => [inputs[0]!.amax(Spatial(inputs[0]!), keepdim: true)],
        ["ReduceMean"] = node => Reduce(node, (x, axes, keep) => x.mean(axes, keep)),
        ["ReduceSum"] = node => Reduce(node, (x, axes, keep) => x.sum(axes, keep)),
        ["ReduceMax"] = node => Reduce(node, (x, axes, keep) => x.amax(axes, keep)),
    };

    private static TorchOperator AveragePool(TorchNode node)
    {
        bool countPadding = node.Attributes.Integer("count_include_pad", 0) != 0;
        bool ceiling = node.Attributes.Integer("ceil_mode", 0) != 0;
        if (node.Attributes.Integers("dilations") is { } dilations && dilations.Any(size => size != 1)) throw node.Error("it averages over a dilated window");
        if (node.Attributes.Integers("pads") is { } pads && !ConvolutionOperators.Symmetric(pads) && !countPadding)
            throw node.Error("its padding differs at the two ends of an axis");
        return Pool(node, 0, (x, window) => nn.functional.avg_pool2d(x, window.Kernel, window.Strides, window.Padding, ceiling, countPadding));
    }

    private static TorchOperator Pool(TorchNode node, double padding, Func<Tensor, Window, Tensor> pool)
    {
        long[] kernel = node.Attributes.Integers("kernel_shape")!;
        if (kernel.Length != 2) throw node.Error($"it has {kernel.Length} spatial axes");
        long[] strides = node.Attributes.Integers("strides") ?? [1, 1];
        long[] dilations = node.Attributes.Integers("dilations") ?? [1, 1];
        long[] pads = ConvolutionOperators.Pads(node, kernel, strides, dilations);
        // torch pads at most half a window, and both ends alike.
        bool inside = ConvolutionOperators.Symmetric(pads) && pads[0] <= kernel[0] / 2 && pads[1] <= kernel[1] / 2;
        var window = new Window(kernel, strides, inside ? pads[..2] : [0, 0], dilations);
        return (inputs, _) => [pool(inside ? inputs[0]! : ConvolutionOperators.Padded(inputs[0]!, pads, padding), window)];
    }

    private static TorchOperator Reduce(TorchNode node, Func<Tensor, long[], bool, Tensor> reduce)
    {
        long[] all = [.. Enumerable.Range(0, node.Shape(0).Count).Select(axis => (long)axis)];
        long[] axes = node.Integers("axes", 1) ?? all;
        bool keep = node.Attributes.Integer("keepdims", 1) != 0;
        return (inputs, _) => [reduce(inputs[0]!, axes, keep)];
    }

    private static long[] Spatial(Tensor x) => [.. Enumerable.Range(2, (int)x.dim() - 2).Select(axis => (long)axis)];

    private sealed record Window(long[] Kernel, long[] Strides, long[] Padding, long[] Dilations);
}
