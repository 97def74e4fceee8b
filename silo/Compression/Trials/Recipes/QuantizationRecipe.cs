using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>In what numbers the exported file computes.</summary>
internal sealed record QuantizationRecipe
{
    public static QuantizationRecipe Of(Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return new();
    }
}
