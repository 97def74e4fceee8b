using Distributed.Compression.Data;
using Distributed.Sweeps;
using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Recomputes running means and variances after slicing, without any gradient: the cheapest recovery there is (Li et al. 2020, EagleEye).</summary>
internal static class BatchNormalizationRecalibration
{
    private const int BatchSize = 64;
    private const int MostBatches = 50;

    /// <summary>Forward passes over at most 50 batches of 64 shuffled images; statistics become the mean over the batches.</summary>
    public static void Run(TorchNetwork net, ImageSet images, Normalization normalization, ulong seed, string purpose)
    {
        if (net.Statistics.Count == 0) return;
        using var frozen = no_grad();
        int[] order = [.. Enumerable.Range(0, images.Count)];
        new SeededRandom(seed, purpose).Shuffle(order);
        var feeder = new BatchFeeder(images, normalization, net.Device);
        int size = Math.Min(BatchSize, images.Count);
        for (int batch = 0; batch < Math.Min(MostBatches, images.Count / size); batch++)
        {
            using var scope = NewDisposeScope();
            var (inputs, _) = feeder.Batch(order.AsSpan(batch * size, size));
            net.Forward(inputs, new(Training: true, Momentum: 1.0 / (batch + 1)));
        }
    }
}
