using Distributed.Compression.Graph;
using Distributed.Compression.Training;

namespace Distributed.Compression.Trials;

/// <summary>The dense network, or the one before the last slicing, teaches.</summary>
internal sealed class DistillationStage : ITrialStage
{
    /// <inheritdoc/>
    public void Arrange(TrainingParts parts, Network start, Segment segment)
    {
        var recipe = segment.Recipe.Recovery;
        if (recipe.Distillation > 0)
            parts.Loss = new Distillation(new(recipe.IsTeacherProgressive ? segment.Accepted : segment.Dense, segment.Data.Device), recipe.Distillation, recipe.Temperature);
    }
}
