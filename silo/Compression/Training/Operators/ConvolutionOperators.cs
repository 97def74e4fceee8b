using Distributed.Compression.Graph;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>Convolution over one to three spatial axes, and its transpose.</summary>
internal static class ConvolutionOperators
{
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new Dictionary<string, Func<TorchNode, TorchOperator>>
    {
        ["Conv"] = Convolution,
        ["ConvTranspose"] = Transposed,
    };

    /// <summary>A window's settings for an input with one to three spatial axes; automatic padding is resolved for its size.</summary>
    public static Window WindowOf(TorchNode node, IEnumerable<long> kernel)
    {
        int[] sizes = [.. kernel.Select(size => checked((int)size))];
        if (sizes.Length is < 1 or > 3) throw node.Error($"it has {sizes.Length} spatial axes");
        return Window.Of(node.Inference, sizes, node.Shape(0).Skip(2).ToArray());
    }

    /// <summary>Whether every axis has the same padding at both ends.</summary>
    public static bool Symmetric(int[] pads) => pads.AsSpan(0, pads.Length / 2).SequenceEqual(pads.AsSpan(pads.Length / 2));

    /// <summary>Pads the spatial axes of N×C×… by starts, then ends; torch counts axes from the last. Negative padding crops.</summary>
    public static Tensor Padded(Tensor x, int[] pads, double value)
    {
        int axes = pads.Length / 2;
        long[] sides = [.. Enumerable.Range(0, axes).Reverse().SelectMany(axis => new long[] { pads[axis], pads[axis + axes] })];
        return nn.functional.pad(x, sides, PaddingModes.Constant, value);
    }

    /// <summary>Whole numbers as libtorch takes them.</summary>
    public static long[] Wide(IEnumerable<int> numbers) => [.. numbers.Select(number => (long)number)];

    /// <summary>
    /// The places that a window of size 1 visits. libtorch 2.10's oneDNN, on processors with AVX2 and without AVX-512, writes beyond its memory
    /// when it trains such a convolution of fewer than 8 channels with strides; without strides it does not.
    /// </summary>
    private static Tensor Thinned(Tensor x, long[] strides)
    {
        for (int axis = 0; axis < strides.Length; axis++) x = x.slice(axis + 2, 0, x.shape[axis + 2], strides[axis]);
        return x;
    }

    private static TorchOperator Convolution(TorchNode node)
    {
        var window = WindowOf(node, node.Shape(1).Skip(2).Select(size => (long)size));
        int axes = window.Kernel.Length;
        (long[] strides, long[] dilations) = (Wide(window.Strides), Wide(window.Dilations));
        long groups = node.Attributes.Integer("group", 1);
        long[] unit = [.. Enumerable.Repeat(1L, axes)];
        bool thins = node.Device.IsProcessor && window.Kernel.All(size => size == 1) && !strides.SequenceEqual(unit);
        bool padded = (thins && window.Pads.Any(pad => pad != 0)) || !Symmetric(window.Pads);
        long[] padding = padded ? new long[axes] : Wide(window.Pads[..axes]);
        long[] moves = thins ? unit : strides;
        return (inputs, _) =>
        {
            var x = padded ? Padded(inputs[0]!, window.Pads, 0) : inputs[0]!;
            if (thins) x = Thinned(x, strides);
            var bias = inputs.Length > 2 ? inputs[2] : null;
            return
            [
                axes switch
                {
                    1 => nn.functional.conv1d(x, inputs[1]!, bias, moves[0], padding[0], dilations[0], groups),
                    2 => nn.functional.conv2d(x, inputs[1]!, bias, moves, padding, dilations, groups),
                    _ => nn.functional.conv3d(x, inputs[1]!, bias, moves, padding, dilations, groups),
                },
            ];
        };
    }

    /// <summary>The full transposed convolution, of which the padding is cut off (or, with output padding, added to).</summary>
    private static TorchOperator Transposed(TorchNode node)
    {
        var window = WindowOf(node, node.Shape(1).Skip(2).Select(size => (long)size));
        int axes = window.Kernel.Length;
        (long[] strides, long[] dilations) = (Wide(window.Strides), Wide(window.Dilations));
        long groups = node.Attributes.Integer("group", 1);
        int[] cut = Cut(node, window);
        return (inputs, _) =>
        {
            var full = axes switch
            {
                1 => nn.functional.conv_transpose1d(inputs[0]!, inputs[1]!, null, strides[0], 0, 0, dilations[0], groups),
                2 => nn.functional.conv_transpose2d(inputs[0]!, inputs[1]!, null, strides, null, null, dilations, groups),
                _ => nn.functional.conv_transpose3d(inputs[0]!, inputs[1]!, null, strides, null, null, dilations, groups),
            };
            var sized = cut.All(side => side == 0) ? full : Padded(full, cut, 0);
            return [inputs.Length > 2 && inputs[2] is { } bias ? sized.Plus(bias.reshape([-1, .. Enumerable.Repeat(1L, axes)])) : sized];
        };
    }

    /// <summary>What to add (or, negative, to cut) at each side of the full result, starts then ends.</summary>
    private static int[] Cut(TorchNode node, Window window)
    {
        int axes = window.Kernel.Length;
        var (from, to) = (node.Shape(0), node.Output().Shape);
        int[] cut = new int[2 * axes];
        for (int axis = 0; axis < axes; axis++)
        {
            int full = ((from[axis + 2] - 1) * window.Strides[axis]) + window.Extent(axis);
            int start = StartPad(node, window, axis, full - to[axis + 2]);
            (cut[axis], cut[axis + axes]) = (-start, to[axis + 2] - full + start);
        }

        return cut;
    }

    /// <summary>Padding at the start: as stated, or half of what is too much where the output's shape or automatic padding decides.</summary>
    private static int StartPad(TorchNode node, Window window, int axis, int excess)
    {
        string auto = node.Attributes.Text("auto_pad", "NOTSET");
        if (!node.Attributes.Has("output_shape") && !auto.StartsWith("SAME", StringComparison.Ordinal)) return window.Pads[axis];
        int total = Math.Max(0, excess + (int)(node.Attributes.Integers("output_padding")?[axis] ?? 0));
        return auto == "SAME_UPPER" ? total / 2 : total - (total / 2);
    }
}
