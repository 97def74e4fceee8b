using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>A generated dataset: ten kinds of shapes, 24×24 in colour, turned, scaled and placed at random before clutter and noise.</summary>
/// <remarks>
/// Needs no files and has no end: the spec says how many images are made (4,000 for training and 2,000 for testing unless it does).
/// Image i of a split depends on the split and i alone, so a larger set starts with the smaller one, and every sweep, whatever its
/// seed, sees the same images. Only operations that IEEE 754 rounds exactly are used: the pixels are the same on every machine.
/// Images take the classes in turn, so that any stretch of ten is balanced.
/// </remarks>
internal sealed class ShapesFormat : IDatasetFormat
{
    /// <summary>Rows and columns of every image.</summary>
    public const int Size = 24;

    private const int DefaultTrain = 4000;
    private const int DefaultTest = 2000;
    private const ulong Seed = 20;

    /// <inheritdoc/>
    public string Name => "shapes";

    /// <inheritdoc/>
    public DatasetImages Load(DatasetSpec spec, string cache, CancellationToken cancellation) => new(
        Draw("train", (spec.Train ?? DefaultTrain) + spec.Validation, cancellation),
        Draw("test", spec.Test ?? DefaultTest, cancellation));

    private static ImageSet Draw(string split, int count, CancellationToken cancellation)
    {
        const int channels = 3;
        byte[] pixels = new byte[(long)count * channels * Size * Size];
        int[] labels = new int[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            labels[i] = i % Shape.Names.Count;
            var random = new SeededRandom(Seed, Invariant($"shapes/{split}/{i}"));
            new ShapePainter(random, Size).Paint(labels[i], pixels.AsSpan(i * channels * Size * Size, channels * Size * Size));
        });
        return new(pixels, labels, channels, Size, Size, Shape.Names);
    }
}
