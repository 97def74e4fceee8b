using Distributed.Compression.Graph;
using Distributed.Compression.Training;

namespace Distributed.Compression.Trials;

/// <summary>Layers that lost inputs are fitted to what they gave before.</summary>
internal sealed class ReconstructionStage : ITrialStage
{
    private const int Images = 256;

    /// <inheritdoc/>
    public Network Prepare(Network network, Segment segment)
    {
        if (!segment.Recipe.Recovery.Reconstructs || segment.Slicing is not { } slicing) return network;
        var images = segment.Data.Splits.Train;
        int[] order = [.. Enumerable.Range(0, images.Count)];
        new Sweeps.SeededRandom(segment.Seed, segment.Purpose("reconstruction")).Shuffle(order);
        return Reconstruction.Run(slicing.Before, network, slicing.Grouping, slicing.Plan, images, segment.Data.Normalization, order[..Math.Min(Images, order.Length)], segment.Data.Device);
    }
}
