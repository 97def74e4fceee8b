namespace Distributed.Compression.Data;

/// <summary>Parts of image sets.</summary>
internal static class ImageSetParts
{
    /// <summary>The images at the given indices, in that order, copied.</summary>
    public static ImageSet Pick(this ImageSet images, IReadOnlyList<int> indices)
    {
        int each = images.Channels * images.Height * images.Width;
        byte[] pixels = new byte[(long)indices.Count * each];
        for (int i = 0; i < indices.Count; i++) Array.Copy(images.Pixels, (long)indices[i] * each, pixels, (long)i * each, each);
        return images with { Pixels = pixels, Labels = [.. indices.Select(index => images.Labels[index])] };
    }
}
