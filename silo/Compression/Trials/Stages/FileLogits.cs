using Distributed.Compression.Data;
using Distributed.Compression.Graph;

namespace Distributed.Compression.Trials;

/// <summary>What an ONNX file answers to images, in ONNX Runtime, as a user would run it.</summary>
internal static class FileLogits
{
    private const int BatchSize = 100;

    /// <summary>The logits of each image, in the images' order. A file whose batch is fixed gets batches of that size, the last one filled up with zeros.</summary>
    public static IEnumerable<ReadOnlyMemory<float>> Of(OnnxEvaluator file, ImageSet images, Normalization normalization)
    {
        int size = images.Channels * images.Height * images.Width;
        int batch = file.FixedBatch ?? BatchSize;
        for (int start = 0; start < images.Count; start += batch)
        {
            int count = Math.Min(batch, images.Count - start), rows = file.FixedBatch ?? count;
            float[] input = new float[rows * size];
            for (int i = 0; i < count; i++) normalization.Apply(images.Pixels.AsSpan((start + i) * size, size), input.AsSpan(i * size, size));
            float[] logits = file.Run(input, [rows, images.Channels, images.Height, images.Width]);
            int classes = logits.Length / rows;
            for (int i = 0; i < count; i++) yield return logits.AsMemory(i * classes, classes);
        }
    }

    /// <summary>The class with the largest logit; of equal ones the first.</summary>
    public static int Best(ReadOnlySpan<float> logits) => logits.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max(logits));
}
