using Distributed.Compression.Graph;

namespace Distributed.Compression.Trials;

/// <summary>What a trial ends with.</summary>
/// <param name="Network">The network; its MACs and parameters are reported.</param>
/// <param name="File">The ONNX file; its size and latency are reported.</param>
/// <param name="IsJudgedAsFile">Whether the file computes something else than the network (in int8, say), so that accuracy is that of the file in ONNX Runtime.</param>
internal sealed record TrialModel(Network Network, byte[] File, bool IsJudgedAsFile = false)
{
    /// <summary>The file in float32 of which this one is the int8 version; null otherwise. Both are measured in turn.</summary>
    public byte[]? Float32 { get; init; }

    /// <summary>Where the numbers of an int8 file come from.</summary>
    public QuantizationNote? Quantization { get; init; }

    public static TrialModel Of(Network network) => new(network, OnnxWriter.ToBytes(network));
}
