using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Specialized;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Reads blobs through, with their hash.</summary>
internal static class BlobDownload
{
    private const int InMemoryBytes = 1 << 23;

    /// <summary>A blob's length and SHA-256 as it is now, and its content when somewhere to put it is given; null when there is none.</summary>
    /// <param name="container">Whom to ask.</param>
    /// <param name="blob">Which blob.</param>
    /// <param name="target">Where the content goes; emptied when it has to be asked again. Null to hash only.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Task<(long Bytes, string Sha256)?> Read(
        AzureContainer container, BlobBaseClient blob, Stream? target, CancellationToken cancellation) => container.AskForArtifact<(long, string)?>(
        async token =>
        {
            target?.SetLength(0);
            try
            {
                using var download = (await blob.DownloadStreamingAsync(cancellationToken: token)).Value;
                return await Copy(download.Content, target, token);
            }
            catch (RequestFailedException error) when (error.Status == 404 && error.ErrorCode != "ContainerNotFound")
            {
                return null;
            }
        },
        cancellation);

    /// <summary>Somewhere to keep so many bytes until they are checked: memory, or a file that goes away with its stream.</summary>
    public static Stream Keep(long bytes)
    {
        if (bytes <= InMemoryBytes) return new MemoryStream((int)bytes);
        string path = Path.Combine(Path.GetTempPath(), $"distributed-{Guid.NewGuid():N}.part");
        return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, TemporaryFile.BlockBytes, FileOptions.DeleteOnClose);
    }

    private static async Task<(long Bytes, string Sha256)> Copy(Stream content, Stream? target, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        await foreach (var block in Blocks.Of(content, cancellation))
        {
            hash.AppendData(block.Span);
            bytes += block.Length;
            if (target is not null) await Write(target, block, cancellation);
        }

        return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>What this machine's disk says must not pass for an answer of the container.</summary>
    private static async Task Write(Stream target, ReadOnlyMemory<byte> block, CancellationToken cancellation)
    {
        try
        {
            await target.WriteAsync(block, cancellation);
        }
        catch (IOException error)
        {
            string folder = Path.GetTempPath();
            throw Disk.IsFull(error)
                ? new StoreFullException(folder, error)
                : new InvalidInputException(folder, $"it cannot be written ({error.Message.TrimEnd('.')})", "Set TMPDIR to a folder that can be.", error);
        }
    }
}
