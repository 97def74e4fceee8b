using Distributed.Sweeps;

namespace Distributed.Compression.Training;

/// <summary>
/// CutMix (Yun et al. 2019): a rectangle of every image is replaced by the same rectangle of another image of the batch, and the labels
/// share the image by area. The rectangle's area is uniform (λ ~ Beta(1, 1)), its centre too; what lies outside the image is cut off and the
/// share is that of the pixels really replaced.
/// </summary>
/// <param name="probability">How often a batch is mixed, in [0, 1].</param>
/// <param name="device">Where batches lie.</param>
internal sealed class CutMix(double probability, TrainingDevice device) : IBatchTransform
{
    /// <inheritdoc/>
    public Batch Apply(Batch batch, SeededRandom random)
    {
        if (random.NextDouble() >= probability) return batch;
        var (height, width) = ((int)batch.Inputs.shape[2], (int)batch.Inputs.shape[3]);
        double side = Math.Sqrt(random.NextDouble());
        var (top, rows) = Cut(height, side, random);
        var (left, columns) = Cut(width, side, random);
        if (rows == 0 || columns == 0) return batch;
        int[] order = [.. Enumerable.Range(0, (int)batch.Labels.shape[0])];
        random.Shuffle(order);
        var others = device.Of([.. order.Select(index => (long)index)]);
        var inputs = batch.Inputs.clone();
        inputs.narrow(2, top, rows).narrow(3, left, columns).copy_(batch.Inputs.index_select(0, others).narrow(2, top, rows).narrow(3, left, columns));
        return new(inputs, batch.Labels, new(batch.Labels.index_select(0, others), rows * columns / (double)(height * width)));
    }

    private static (int Start, int Length) Cut(int size, double side, SeededRandom random)
    {
        int half = (int)(side * size / 2), centre = random.Next(size);
        int start = Math.Max(0, centre - half);
        return (start, Math.Min(size, centre + half) - start);
    }
}
