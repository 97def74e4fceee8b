using Distributed.Compression.Graph;
using Distributed.Compression.Training;

namespace Distributed.Compression.Trials;

/// <summary>As long as a slicing follows, training drives whole units towards 0.</summary>
internal sealed class GroupSparsityStage : ITrialStage
{
    /// <inheritdoc/>
    public void Arrange(TrainingParts parts, Network start, Segment segment)
    {
        double strength = segment.Recipe.Recovery.GroupSparsity;
        if (strength > 0 && segment.Recipe.IsBeforeSlicing(segment.Index)) parts.Regularizers.Add(new GroupLasso(start, segment.Grouping, strength, segment.Data.Device));
    }
}
