using Distributed.Compression.Graph;
using Distributed.Compression.Sparsity;
using Distributed.Compression.Training;

namespace Distributed.Compression.Trials;

/// <summary>Takes single weights out after slicing, and keeps them out while the network is fine-tuned.</summary>
internal sealed class SparsityStage : ITrialStage
{
    /// <inheritdoc/>
    public Network Prepare(Network network, Segment segment)
    {
        var recipe = segment.Recipe.Sparsity;
        if (!Acts(segment)) return network;
        var layers = SparseLayer.Of(network);
        var evidence = Evidence.Of(network, WeightScores.Needs(recipe.Criterion), segment.Data, segment.Seed, segment.Purpose("sparsity"));
        return recipe.Pattern == SparsityRecipe.TwoOfFour
            ? SparseWeights.TwoOfFour(layers, recipe.Criterion, evidence)
            : SparseWeights.Unstructured(layers, recipe.Criterion, evidence, recipe.RatioAfter(segment.Index, segment.Recipe.Segments), recipe.Overall);
    }

    /// <inheritdoc/>
    public void Arrange(TrainingParts parts, Network start, Segment segment)
    {
        if (Acts(segment)) parts.AfterSteps.Add(new ZerosStay(start, SparseLayer.Of(start), segment.Data.Device));
    }

    private static bool Acts(Segment segment) => segment.Recipe.Sparsity.ActsIn(segment.Index, segment.Recipe.Segments);
}
