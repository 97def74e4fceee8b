using System.Security.Cryptography;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Reads a file and its hash.</summary>
internal static class HashedFile
{
    /// <summary>What lies under a name now, read through; null when nothing does.</summary>
    public static async Task<ArtifactRef?> Read(ArtifactName name, string path, bool keepNote, CancellationToken cancellation)
    {
        await using var stream = TryOpen(path);
        if (stream is null) return null;
        long ticks = File.GetLastWriteTimeUtc(stream.SafeFileHandle).Ticks;
        string sha256 = await Hash(stream, cancellation);
        if (keepNote) new HashNote(sha256, stream.Length, ticks).Keep(path);
        return new(name, sha256, stream.Length);
    }

    /// <summary>SHA-256 from where the stream stands to its end, lower-case hexadecimal.</summary>
    public static async Task<string> Hash(Stream stream, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var block in Blocks.Of(stream, cancellation)) hash.AppendData(block.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Null when there is no such file.</summary>
    public static FileStream? TryOpen(string path)
    {
        try
        {
            const FileShare Share = FileShare.Read | FileShare.Delete;
            return new(path, FileMode.Open, FileAccess.Read, Share, TemporaryFile.BlockBytes, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
