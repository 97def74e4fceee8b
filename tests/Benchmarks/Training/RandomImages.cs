using Distributed.Compression.Data;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Noise in classes.</summary>
internal static class RandomImages
{
    public static ImageSet Create(int count, int channels, int size, int classes)
    {
        byte[] pixels = new byte[count * channels * size * size];
        new SeededRandom(1, "benchmark/images").NextBytes(pixels);
        return new(pixels, [.. Enumerable.Range(0, count).Select(i => i % classes)], channels, size, size, [.. Enumerable.Range(0, classes).Select(i => Invariant($"class {i}"))]);
    }
}
