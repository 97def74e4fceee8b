using Distributed.Compression.Quantization;

namespace Distributed.Compression.Trials;

/// <summary>Where the numbers of an int8 file come from (in plan.json).</summary>
/// <param name="Calibration">How the ranges of activations were chosen.</param>
/// <param name="Images">Training images over which they were seen.</param>
/// <param name="Aware">Whether weights were fine-tuned with the rounding.</param>
/// <param name="Floats">Layers that stay in floats between others; where there are any, int8 may bring no speed.</param>
/// <param name="Activations">Scale and zero point by activation.</param>
/// <param name="Weights">The bits of the weights; null where all have 8.</param>
internal sealed record QuantizationNote(
    string Calibration, int Images, bool Aware, IReadOnlyList<string> Floats, IReadOnlyDictionary<string, ActivationGrid> Activations, WeightBitsNote? Weights = null);

/// <summary>How many bits the weights of an int8 file need. The file itself stores a byte for each, which ONNX Runtime's kernels read.</summary>
/// <param name="Mean">Mean bits of a weight.</param>
/// <param name="PackedBytes">What the weights take where each is stored in its bits.</param>
/// <param name="Layers">Bits by the name of the weights.</param>
internal sealed record WeightBitsNote(double Mean, long PackedBytes, IReadOnlyDictionary<string, int> Layers)
{
    public static WeightBitsNote Of(QuantizationGrids grids)
    {
        var layers = grids.Roundings.Select(pair => (pair.Key, pair.Value.Bits, Count: (long)grids.Scheme.Network.Floats(pair.Key).Data.Length)).ToList();
        long bits = layers.Sum(layer => layer.Bits * layer.Count);
        return new(
            Math.Round(bits / (double)layers.Sum(layer => layer.Count), 3),
            (bits + 7) / 8,
            new SortedDictionary<string, int>(layers.ToDictionary(layer => layer.Key, layer => layer.Bits), StringComparer.Ordinal));
    }
}
