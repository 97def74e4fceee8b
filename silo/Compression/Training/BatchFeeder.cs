using Distributed.Compression.Data;
using Distributed.Sweeps;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>Turns images into normalised batches, cropped and mirrored at random where asked.</summary>
internal sealed class BatchFeeder
{
    private readonly ImageSet _images;
    private readonly float[][] _levels;
    private readonly TrainingDevice _device;

    /// <param name="images">What is fed.</param>
    /// <param name="normalization">One mean and deviation for each channel.</param>
    /// <param name="device">Where batches are put.</param>
    public BatchFeeder(ImageSet images, Normalization normalization, TrainingDevice device)
    {
        (_images, _device) = (images, device);
        _levels = [.. Enumerable.Range(0, images.Channels).Select(channel => Levels(normalization.Mean[channel], normalization.Deviation[channel]))];
    }

    /// <summary>Inputs (N × C × H × W) and labels (N) of the given images; both belong to the caller's dispose scope.</summary>
    public (Tensor Inputs, Tensor Labels) Batch(ReadOnlySpan<int> indices) => Batch(indices, 0, false, null);

    /// <summary>The same, each image padded with black, cropped back at random and mirrored with probability one half.</summary>
    public (Tensor Inputs, Tensor Labels) Batch(ReadOnlySpan<int> indices, int padding, bool flip, SeededRandom? random)
    {
        int size = _images.Channels * _images.Height * _images.Width;
        float[] inputs = new float[indices.Length * size];
        long[] labels = new long[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            int down = padding > 0 ? random!.Next(-padding, padding + 1) : 0;
            int right = padding > 0 ? random!.Next(-padding, padding + 1) : 0;
            bool mirrored = flip && random!.Next(2) == 1;
            Fill(inputs.AsSpan(i * size, size), _images.Pixels.AsSpan(indices[i] * size, size), down, right, mirrored);
            labels[i] = _images.Labels[indices[i]];
        }

        return (_device.Of(inputs, [indices.Length, _images.Channels, _images.Height, _images.Width]), _device.Of(labels));
    }

    private void Fill(Span<float> target, ReadOnlySpan<byte> source, int down, int right, bool mirrored)
    {
        (int height, int width) = (_images.Height, _images.Width);
        for (int channel = 0; channel < _images.Channels; channel++)
        {
            float[] levels = _levels[channel];
            for (int y = 0; y < height; y++)
            {
                var row = target.Slice(((channel * height) + y) * width, width);
                int from = y + down;
                if ((uint)from >= (uint)height)
                {
                    row.Fill(levels[0]);
                    continue;
                }

                var pixels = source.Slice(((channel * height) + from) * width, width);
                for (int x = 0; x < width; x++)
                {
                    int column = (mirrored ? width - 1 - x : x) + right;
                    row[x] = levels[(uint)column < (uint)width ? pixels[column] : 0];
                }
            }
        }
    }

    private static float[] Levels(float mean, float deviation) => [.. Enumerable.Range(0, 256).Select(level => ((level / 255f) - mean) / deviation)];
}
