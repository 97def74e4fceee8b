using TorchSharp;
using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Convolution over one or two spatial axes.</summary>
internal static class ConvolutionOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Conv"] = Convolution,
    };

    /// <summary>Padding of each spatial side as ONNX gives it: all starts, then all ends; "auto_pad" resolved for the input's size.</summary>
    public static long[] Pads(TorchNode node, long[] kernel, long[] strides, long[] dilations)
    {
        int axes = kernel.Length;
        string auto = node.Attributes.Text("auto_pad", "NOTSET");
        if (auto == "NOTSET") return node.Attributes.Integers("pads") ?? new long[2 * axes];
        long[] pads = new long[2 * axes];
        if (auto == "VALID") return pads;
        for (int i = 0; i < axes; i++)
        {
            long size = node.Shape(0)[2 + i];
            long windows = (size + strides[i] - 1) / strides[i];
            long total = Math.Max(0, ((windows - 1) * strides[i]) + ((kernel[i] - 1) * dilations[i]) + 1 - size);
            pads[i] = auto == "SAME_LOWER" ? total - (total / 2) : total / 2;
            pads[i + axes] = total - pads[i];
        }

        return pads;
    }

    /// <summary>Whether every axis has the same padding at both ends.</summary>
    public static bool Symmetric(long[] pads) => pads.AsSpan(0, pads.Length / 2).SequenceEqual(pads.AsSpan(pads.Length / 2));

    /// <summary>Pads the spatial axes of N×C×…; torch counts axes from the last.</summary>
    public static Tensor Padded(Tensor x, long[] pads, double value)
    {
        int axes = pads.Length / 2;
        long[] sides = [.. Enumerable.Range(0, axes).Reverse().SelectMany(axis => new[] { pads[axis], pads[axis + axes] })];
        return nn.functional.pad(x, sides, PaddingModes.Constant, value);
    }

    private static TorchOperator Convolution(TorchNode node)
    {
        int axes = node.Shape(0).Count - 2;
        if (axes is not (1 or 2)) throw node.Error($"it has {axes} spatial axes");
        long[] kernel = [.. node.Shape(1).Skip(2).Select(size => (long)size)];
        long[] strides = node.Attributes.Integers("strides") ?? [.. kernel.Select(_ => 1L)];
        long[] dilations = node.Attributes.Integers("dilations") ?? [.. kernel.Select(_ => 1L)];
        long groups = node.Attributes.Integer("group", 1);
        long[] pads = Pads(node, kernel, strides, dilations);
        bool symmetric = Symmetric(pads);
        long[] padding = symmetric ? pads[..axes] : new long[axes];
        return (inputs, _) =>
        {
            var x = symmetric ? inputs[0]! : Padded(inputs[0]!, pads, 0);
            var bias = inputs.Length > 2 ? inputs[2] : null;
            return
            [
                axes == 2
                    ? nn.functional.conv2d(x, inputs[1]!, bias, strides, padding, dilations, groups)
                    : nn.functional.conv1d(x, inputs[1]!, bias, strides[0], padding[0], dilations[0], groups),
            ];
        };
    }
}
