namespace Distributed.Compression.Data;

/// <summary>Labelled images, decoded once and kept in memory. Arrays are not to be written after construction.</summary>
/// <param name="Pixels">Count × Channels × Height × Width bytes, row-major, 0 to 255.</param>
/// <param name="Labels">For each image its class, an index into <paramref name="Classes"/>.</param>
/// <param name="Channels">1 (grey) or 3 (red, green, blue).</param>
/// <param name="Height">Rows of every image.</param>
/// <param name="Width">Columns of every image.</param>
/// <param name="Classes">Names of the classes, in the order of the model's outputs.</param>
internal sealed record ImageSet(byte[] Pixels, int[] Labels, int Channels, int Height, int Width, IReadOnlyList<string> Classes)
{
    /// <summary>Number of images.</summary>
    public int Count => Labels.Length;
}
