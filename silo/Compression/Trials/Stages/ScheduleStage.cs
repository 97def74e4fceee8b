using Distributed.Compression.Graph;
using Distributed.Compression.Training;

namespace Distributed.Compression.Trials;

/// <summary>The learning rate restarts; weight decay is low while channels still go.</summary>
internal sealed class ScheduleStage : ITrialStage
{
    /// <inheritdoc/>
    public void Arrange(TrainingParts parts, Network start, Segment segment)
    {
        var recipe = segment.Recipe.Recovery;
        parts.Schedule = new WarmCosine(recipe.Training, recipe.Restarts);
        if (recipe.IsDecayLowWhilePruning) parts.Schedule = new LowDecayWhilePruning(parts.Schedule, recipe.Training, !segment.Recipe.IsBeforeSlicing(segment.Index));
    }
}
