using Distributed.Compression.Graph;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>Pools over windows of one to three spatial axes, and over everything.</summary>
internal static class PoolingOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["MaxPool"] = MaxPool,
        ["AveragePool"] = AveragePool,
        ["LpPool"] = LpPool,
        ["GlobalAveragePool"] = _ => (inputs, _) => [inputs[0]!.mean(Spatial(inputs[0]!), keepdim: true)],
        ["GlobalMaxPool"] = _ => (inputs, _) => [inputs[0]!.amax(Spatial(inputs[0]!), keepdim: true)],
    };

    private static TorchOperator MaxPool(TorchNode node)
    {
        if (node.Node.Outputs.Length > 1) throw node.Error("it gives the places of the maxima");
        var window = WindowOf(node);
        int axes = window.Kernel.Length;
        var (kernel, strides, dilations) = Settings(window);
        // torch pads at most half a window, and both ends alike.
        bool native = IsNative(window, node) && window.Pads[..axes].Zip(window.Kernel).All(pair => pair.First <= pair.Second / 2);
        long[] padding = native ? Planar(window.Pads[..axes], 0) : new long[kernel.Length];
        int[] pads = Whole(node, window);
        return (inputs, _) => [Pool(axes, native ? inputs[0]! : ConvolutionOperators.Padded(inputs[0]!, pads, double.NegativeInfinity), x => axes == 3
            ? nn.functional.max_pool3d(x, kernel, strides, padding, dilations)
            : nn.functional.max_pool2d(x, kernel, strides, padding, dilations))];
    }

    private static TorchOperator AveragePool(TorchNode node)
    {
        var window = WindowOf(node);
        int axes = window.Kernel.Length;
        bool countPadding = node.Attributes.Integer("count_include_pad", 0) != 0;
        var (kernel, strides, _) = Settings(window);
        bool native = IsNative(window, node) && window.Dilations.All(size => size == 1) && window.Pads[..axes].Zip(window.Kernel).All(pair => pair.First <= pair.Second / 2);
        if (native)
        {
            long[] padding = Planar(window.Pads[..axes], 0);
            return (inputs, _) => [Pool(axes, inputs[0]!, x => axes == 3
                ? nn.functional.avg_pool3d(x, kernel, strides, padding, false, countPadding)
                : nn.functional.avg_pool2d(x, kernel, strides, padding, false, countPadding))];
        }

        int[] pads = Whole(node, window);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            using var present = Present(x, window, pads, countPadding, node.Device);
            return [Sums(ConvolutionOperators.Padded(x, pads, 0), window, node.Device) / Sums(present, window, node.Device)];
        };
    }

    /// <summary>(Σ |x|^p over the window)^(1/p).</summary>
    private static TorchOperator LpPool(TorchNode node)
    {
        var window = WindowOf(node);
        double p = node.Attributes.Integer("p", 2);
        int[] pads = Whole(node, window);
        return (inputs, _) => [Sums(ConvolutionOperators.Padded(inputs[0]!.abs().ToThe(p), pads, 0), window, node.Device).ToThe(1 / p)];
    }

    private static Window WindowOf(TorchNode node) =>
        ConvolutionOperators.WindowOf(node, node.Attributes.Integers("kernel_shape") ?? throw node.Error("'kernel_shape' is missing"));

    /// <summary>Whether the positions are those that fit as a whole, and both ends of every axis are padded alike.</summary>
    private static bool IsNative(Window window, TorchNode node) => ConvolutionOperators.Symmetric(window.Pads)
        && Enumerable.Range(0, window.Kernel.Length).All(axis => window.Positions(axis, node.Shape(0)[axis + 2]) == node.Output().Shape[axis + 2]);

    /// <summary>The padding with what the last window of each axis reaches beyond it (rounding up), or without what no window reaches.</summary>
    private static int[] Whole(TorchNode node, Window window)
    {
        int axes = window.Kernel.Length;
        int[] pads = [.. window.Pads];
        for (int axis = 0; axis < axes; axis++)
        {
            int reach = ((node.Output().Shape[axis + 2] - 1) * window.Strides[axis]) + window.Extent(axis);
            pads[axis + axes] = reach - node.Shape(0)[axis + 2] - pads[axis];
        }

        return pads;
    }

    /// <summary>1 where an element counts, 0 elsewhere, for one channel of one image.</summary>
    private static Tensor Present(Tensor x, Window window, int[] pads, bool countPadding, TrainingDevice device)
    {
        int axes = window.Kernel.Length;
        var inside = device.Ones([1, 1, .. x.shape[2..]], x.dtype);
        if (!countPadding) return ConvolutionOperators.Padded(inside, pads, 0);
        int[] beyond = [.. new int[axes], .. Enumerable.Range(0, axes).Select(axis => pads[axis + axes] - window.Pads[axis + axes])];
        return ConvolutionOperators.Padded(ConvolutionOperators.Padded(inside, window.Pads, 1), beyond, 0);
    }

    /// <summary>Sums over the windows of each channel: a convolution with ones.</summary>
    private static Tensor Sums(Tensor x, Window window, TrainingDevice device)
    {
        long[] strides = ConvolutionOperators.Wide(window.Strides);
        long[] dilations = ConvolutionOperators.Wide(window.Dilations);
        using var kernel = device.Ones([1, 1, .. ConvolutionOperators.Wide(window.Kernel)], x.dtype);
        var flat = x.reshape([x.shape[0] * x.shape[1], 1, .. x.shape[2..]]);
        var sums = window.Kernel.Length switch
        {
            1 => nn.functional.conv1d(flat, kernel, null, strides[0], 0, dilations[0]),
            2 => nn.functional.conv2d(flat, kernel, null, strides, null, dilations),
            _ => nn.functional.conv3d(flat, kernel, null, strides, null, dilations),
        };
        return sums.reshape([x.shape[0], x.shape[1], .. sums.shape[2..]]);
    }

    private static (long[] Kernel, long[] Strides, long[] Dilations) Settings(Window window) =>
        (Planar(window.Kernel, 1), Planar(window.Strides, 1), Planar(window.Dilations, 1));

    /// <summary>A setting of one axis as one of two: a row is an image of height 1.</summary>
    private static long[] Planar(int[] setting, long height) => setting.Length == 1 ? [height, setting[0]] : ConvolutionOperators.Wide(setting);

    private static Tensor Pool(int axes, Tensor x, Func<Tensor, Tensor> pool) => axes == 1 ? pool(x.unsqueeze(2)).squeeze(2) : pool(x);

    private static long[] Spatial(Tensor x) => ConvolutionOperators.Wide(Enumerable.Range(2, (int)x.dim() - 2));
}
