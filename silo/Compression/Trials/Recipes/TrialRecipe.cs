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
    public int Segments => SegmentsBeforePruning + Pruning.Steps + (Quantization.Aware ? 1 : 0);

    /// <summary>Segments that slice nothing: 1 where weights are first driven towards 0 in groups.</summary>
    public int SegmentsBeforePruning => Recovery.GroupSparsity > 0 ? 1 : 0;

    /// <summary>Whether another slicing comes after a segment.</summary>
    /// <param name="segment">0, 1, … below <see cref="Segments"/>.</param>
    public bool IsBeforeSlicing(int segment) => segment < SegmentsBeforePruning + Pruning.Steps - 1;

    /// <summary>The width of each family after a segment's slicing.</summary>
    /// <param name="dense">Widths of the dense model.</param>
    /// <param name="final">Widths that the candidate asks for.</param>
    /// <param name="segment">0, 1, … below <see cref="Segments"/>.</param>
    public int[] WidthsAfter(int[] dense, int[] final, int segment) =>
        segment < SegmentsBeforePruning ? dense : Pruning.WidthsAfter(dense, final, segment - SegmentsBeforePruning);
}
