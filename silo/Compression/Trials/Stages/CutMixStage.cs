using Distributed.Compression.Graph;
using Distributed.Compression.Training;

namespace Distributed.Compression.Trials;

/// <summary>Batches are mixed.</summary>
internal sealed class CutMixStage : ITrialStage
{
    /// <inheritdoc/>
    public void Arrange(TrainingParts parts, Network start, Segment segment)
    {
        if (segment.Recipe.Recovery.CutMix > 0) parts.Transforms.Add(new CutMix(segment.Recipe.Recovery.CutMix, segment.Data.Device));
    }
}
