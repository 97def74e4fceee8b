using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>How a candidate is made, part by part: its parameters, with the sweep's recovery where it has none.</summary>
/// <param name="Pruning">Which channels go, and in how many steps.</param>
/// <param name="Recovery">How accuracy is won back.</param>
/// <param name="Sparsity">Which single weights go.</param>
/// <param name="Quantization">In what numbers the exported file computes.</param>
internal sealed record TrialRecipe(PruningRecipe Pruning, RecoveryRecipe Recovery, SparsityRecipe Sparsity, QuantizationRecipe Quantization)
{
    public static TrialRecipe Of(SweepSpec spec, Candidate candidate) => new(
        PruningRecipe.Of(candidate), RecoveryRecipe.Of(spec, candidate), SparsityRecipe.Of(candidate), QuantizationRecipe.Of(candidate));

    /// <summary>Parts of a trial that each end with a recovery; at least 1.</summary>
    public int Segments => Pruning.Steps + (Quantization.Aware ? 1 : 0);
}
