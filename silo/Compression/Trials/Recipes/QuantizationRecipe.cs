using Distributed.Compression.Quantization;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>In what numbers the exported file computes.</summary>
/// <param name="Int8">Whether in 8 bits; else in float32.</param>
/// <param name="Calibration">How the ranges of activations are chosen.</param>
/// <param name="Aware">Whether a segment of its own, the last one, is trained with the rounding of 8 bits.</param>
/// <param name="WeightBits">The mean bits of a weight, in [2, 8].</param>
internal sealed record QuantizationRecipe(bool Int8 = false, string Calibration = "percentile", bool Aware = false, double WeightBits = WeightRounding.MostBits)
{
    public static QuantizationRecipe Of(Candidate candidate)
    {
        bool int8 = candidate.Choice(ParameterNames.Precision) == Precisions.Int8;
        return new(int8, candidate.Choice(ParameterNames.Calibration) ?? "percentile", int8 && candidate.Choice(ParameterNames.QuantizationAware) == "on", candidate.Number(ParameterNames.WeightBits) ?? WeightRounding.MostBits);
    }
}
