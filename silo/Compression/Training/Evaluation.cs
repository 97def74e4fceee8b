using Distributed.Compression.Data;
using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>How good a network is on a set of images. Changes nothing in it.</summary>
internal static class Evaluation
{
    private const int BatchSize = 250;

    /// <summary>Top-1 in [0, 1] and mean cross-entropy.</summary>
    public static (double Top1, double Loss) Accuracy(TorchNetwork net, ImageSet images, Normalization normalization)
    {
        using var frozen = no_grad();
        var feeder = new BatchFeeder(images, normalization, net.Device);
        (long right, double loss) = (0, 0);
        for (int start = 0; start < images.Count; start += BatchSize)
        {
            using var scope = NewDisposeScope();
            int[] indices = [.. Enumerable.Range(start, Math.Min(BatchSize, images.Count - start))];
            var (inputs, labels) = feeder.Batch(indices);
            var logits = net.Forward(inputs, Pass.Evaluating);
            right += TrainingDevice.Whole(logits.argmax(1).eq(labels).sum());
            loss += TrainingDevice.Number(nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum));
        }

        return (right / (double)images.Count, loss / images.Count);
    }
}
