using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Which single weights go.</summary>
internal sealed record SparsityRecipe
{
    public static SparsityRecipe Of(Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return new();
    }
}
