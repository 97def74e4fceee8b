using Distributed.Compression.Data;
using Distributed.Compression.Graph;

namespace Distributed.Compression.Trials;

/// <summary>How good an ONNX file is on a set of images, in ONNX Runtime, as a user would run it.</summary>
internal static class FileAccuracy
{
    private const int BatchSize = 100;

    /// <summary>Top-1 in [0, 1].</summary>
    public static double Top1(OnnxEvaluator file, ImageSet images, Normalization normalization)
    {
        int size = images.Channels * images.Height * images.Width, right = 0;
        for (int start = 0; start < images.Count; start += BatchSize)
        {
            int count = Math.Min(BatchSize, images.Count - start);
            float[] input = new float[count * size];
            for (int i = 0; i < count; i++) normalization.Apply(images.Pixels.AsSpan((start + i) * size, size), input.AsSpan(i * size, size));
            float[] logits = file.Run(input, [count, images.Channels, images.Height, images.Width]);
            int classes = logits.Length / count;
            for (int i = 0; i < count; i++)
            {
                var row = logits.AsSpan(i * classes, classes);
                if (row.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max<float>(row)) == images.Labels[start + i]) right++;
            }
        }

        return right / (double)images.Count;
    }
}
