using Distributed.Sweeps;
using SkiaSharp;

namespace Distributed.Compression.Data;

/// <summary>A decoded image.</summary>
/// <param name="Entry">Its name in the folder or archive.</param>
/// <param name="Split">"train" or "test".</param>
/// <param name="Class">The folder that holds it.</param>
/// <param name="Pixels">3 × Height × Width bytes.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal sealed record Picture(string Entry, string Split, string Class, byte[] Pixels, int Height, int Width);

/// <summary>Decodes JPEG and PNG to planes of red, green and blue. Thread safe.</summary>
internal sealed class ImageDecoder(string source)
{
    private const string Remedy = "Replace the file by a whole JPEG or PNG, or remove it.";
    private const int LongestSide = 4096;

    /// <exception cref="InvalidInputException">The file is no image, is cut short, or is too large.</exception>
    public Picture Decode(ImageEntry entry)
    {
        using var data = SKData.CreateCopy(entry.Content);
        using var codec = SKCodec.Create(data) ?? throw Unusable(entry, $"its {entry.Content.Length} bytes are neither JPEG nor PNG");
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        if (Math.Max(info.Width, info.Height) > LongestSide) throw Unusable(entry, $"it is {info.Width}×{info.Height}, more than {LongestSide} a side");
        byte[] pixels = new byte[info.BytesSize];
        SKCodecResult result;
        unsafe
        {
            fixed (byte* target = pixels) result = codec.GetPixels(info, (nint)target);
        }

        if (result != SKCodecResult.Success) throw Unusable(entry, $"the image data are damaged ({result})");
        Pulse.Beat();
        return new(entry.Entry, entry.Split, entry.Class, Planes(pixels), info.Height, info.Width);
    }

    private static byte[] Planes(byte[] rgba)
    {
        int count = rgba.Length / 4;
        byte[] planes = new byte[3 * count];
        for (int i = 0; i < count; i++)
        {
            planes[i] = rgba[4 * i];
            planes[count + i] = rgba[(4 * i) + 1];
            planes[(2 * count) + i] = rgba[(4 * i) + 2];
        }

        return planes;
    }

    private InvalidInputException Unusable(ImageEntry entry, string found) => new($"{source}: {entry.Entry}", found, Remedy);
}
