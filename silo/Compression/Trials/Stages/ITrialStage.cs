using Distributed.Compression.Graph;
using Distributed.Compression.Training;

namespace Distributed.Compression.Trials;

/// <summary>
/// Something that trials do beside slicing and fine-tuning. A new one is one file and one line in <see cref="TrialStages"/>; where its part
/// of the recipe asks for nothing, it does nothing.
/// </summary>
/// <remarks>
/// Stages hold no state of their own: an attempt may end at any step and go on in another process, which calls <see cref="Arrange"/> again
/// but not <see cref="Prepare"/>. All that is random is drawn from streams named by <see cref="Segment.Purpose"/>.
/// </remarks>
internal interface ITrialStage
{
    /// <summary>Changes a network after slicing, before BatchNormalization statistics are recomputed and fine-tuning begins.</summary>
    Network Prepare(Network network, Segment segment) => network;

    /// <summary>Arranges a segment's fine-tuning: loss, batches, what happens after each step.</summary>
    /// <param name="parts">What the trainer is put together from; disposes what is added.</param>
    /// <param name="start">
    /// The network as <see cref="Prepare"/> gave it, the same after a resumption: what holds for the whole segment (a mask, for instance)
    /// is read from its weights.
    /// </param>
    /// <param name="segment">Which segment.</param>
    void Arrange(TrainingParts parts, Network start, Segment segment)
    {
    }

    /// <summary>Changes the file that is exported, once the last segment is recovered.</summary>
    TrialModel Finish(TrialModel model, Segment segment) => model;
}
