using Distributed.Compression.Data;
using Distributed.Sweeps;
using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>∂L/∂w of the mean cross-entropy over a sample of images, for criteria that need it.</summary>
/// <remarks>BatchNormalization uses its running statistics, so that images do not see each other: how they are split into batches changes nothing but rounding.</remarks>
internal static class GradientAccumulation
{
    /// <summary>Gradients by initializer, row-major like the weights.</summary>
    /// <param name="net">Whose gradients are cleared before and after.</param>
    /// <param name="images">Where the sample is drawn from.</param>
    /// <param name="normalization">How images become inputs.</param>
    /// <param name="batches">Batches; fewer when there are not enough images.</param>
    /// <param name="batchSize">Images in a batch.</param>
    /// <param name="random">Draws the sample.</param>
    public static IReadOnlyDictionary<string, float[]> Collect(
        TorchNetwork net, ImageSet images, Normalization normalization, int batches, int batchSize, SeededRandom random)
    {
        int[] order = [.. Enumerable.Range(0, images.Count)];
        random.Shuffle(order);
        int count = Math.Min(images.Count, batches * batchSize);
        var feeder = new BatchFeeder(images, normalization);
        Clear(net);
        for (int start = 0; start < count; start += batchSize)
        {
            using var scope = NewDisposeScope();
            var (inputs, labels) = feeder.Batch(order.AsSpan(start, Math.Min(batchSize, count - start)));
            var loss = nn.functional.cross_entropy(net.Forward(inputs, Pass.Evaluating), labels, reduction: nn.Reduction.Sum);
            (loss / count).backward();
        }

        var gradients = net.Parameters.ToDictionary(
            parameter => parameter.Name, parameter => parameter.Value.grad is { } grad ? Layout.RowMajor(grad) : new float[parameter.Value.numel()], StringComparer.Ordinal);
        Clear(net);
        return gradients;
    }

    private static void Clear(TorchNetwork net)
    {
        foreach (var parameter in net.Parameters) parameter.Value.grad?.zero_();
    }
}
