using Distributed.Compression.Graph;
using Distributed.Compression.Training;

namespace Distributed.Compression.Trials;

/// <summary>The dense network teaches, or the network at the end of the step before; in the first step there is none yet, and the dense one does.</summary>
internal sealed class DistillationStage : ITrialStage
{
    /// <inheritdoc/>
    public void Arrange(TrainingParts parts, Network start, Segment segment)
    {
        var recipe = segment.Recipe.Recovery;
        if (recipe.Distillation > 0)
            parts.Loss = new Distillation(new(recipe.IsTeacherProgressive && segment.Index > 0 ? segment.Accepted : segment.Dense, segment.Data.Device), recipe.Distillation, recipe.Temperature);
    }
}
