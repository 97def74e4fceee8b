using Distributed.Compression.Quantization;

namespace Distributed.Compression.Trials;

/// <summary>Where the numbers of an int8 file come from (in plan.json).</summary>
/// <param name="Calibration">How the ranges of activations were chosen.</param>
/// <param name="Images">Training images over which they were seen.</param>
/// <param name="Aware">Whether weights were fine-tuned with the rounding.</param>
/// <param name="Floats">Layers that stay in floats between others; where there are any, int8 may bring no speed.</param>
/// <param name="Activations">Scale and zero point by activation.</param>
internal sealed record QuantizationNote(
    string Calibration, int Images, bool Aware, IReadOnlyList<string> Floats, IReadOnlyDictionary<string, ActivationGrid> Activations);
