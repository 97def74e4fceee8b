using System.IO.Compression;

namespace Distributed.Compression.Trials;

/// <summary>How large a file is once it is compressed for storage or for sending.</summary>
internal static class CompressedSize
{
    private static readonly BrotliCompressionOptions Stated = new() { Quality = 6 };

    /// <summary>Its size after Brotli of quality 6 (RFC 7932): measured, not estimated.</summary>
    public static long Of(byte[] file)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, Stated, leaveOpen: true)) brotli.Write(file);
        return compressed.Length;
    }
}
