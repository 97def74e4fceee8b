using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>How tensors lie in memory: images and kernels with their channels side by side, which libtorch's CPU kernels run faster.</summary>
/// <remarks>Shapes are not touched. TorchSharp has no memory_format, hence the detour by permutations.</remarks>
internal static class Layout
{
    /// <summary>The same values, channels innermost where there are four axes; always a new handle.</summary>
    public static Tensor ChannelsLast(Tensor value)
    {
        if (value.Dimensions != 4) return value.alias();
        using Tensor moved = value.permute(0, 2, 3, 1), dense = moved.contiguous();
        return dense.permute(0, 3, 1, 2);
    }
}
