using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Training images, as a model is fed with them, drawn by the seed: datasets come in the order of their classes.</summary>
internal static class CalibrationImages
{
    /// <summary>As many images are drawn, or all where there are fewer.</summary>
    public const int Most = 512;

    private const int BatchSize = 64;

    /// <summary>Row-major batches.</summary>
    /// <param name="data">Whose training split.</param>
    /// <param name="seed">The sweep's.</param>
    /// <param name="purpose">Names the random stream.</param>
    public static IEnumerable<float[]> Of(TrialData data, ulong seed, string purpose)
    {
        var images = data.Splits.Train;
        int size = images.Channels * images.Height * images.Width;
        int[] order = [.. Enumerable.Range(0, images.Count)];
        new SeededRandom(seed, purpose).Shuffle(order);
        foreach (int[] batch in order.Take(Most).Chunk(BatchSize))
        {
            float[] input = new float[batch.Length * size];
            for (int i = 0; i < batch.Length; i++) data.Normalization.Apply(images.Pixels.AsSpan(batch[i] * size, size), input.AsSpan(i * size, size));
            yield return input;
        }
    }
}
