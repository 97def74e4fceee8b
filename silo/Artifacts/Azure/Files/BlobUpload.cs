using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Sends a stream to a name that nobody has. Nothing is under the name until all of it is.</summary>
/// <remarks>A small file is one request. A larger one goes in blocks that the last request joins; blocks that none joins are dropped by the service.</remarks>
internal sealed class BlobUpload(AzureContainer container, BlockBlobClient blob)
{
    /// <summary>Where the blob's hash stands.</summary>
    public const string HashKey = "sha256";

    private const int BlockBytes = 1 << 22;
    private static readonly BlobRequestConditions Free = new() { IfNoneMatch = ETag.All };
    private readonly string _upload = $"{Guid.NewGuid():N}";
    private readonly List<string> _blocks = [];

    /// <returns>The hash and length of what was read, and whether it got the name.</returns>
    public async Task<(string Sha256, long Bytes, bool IsNamed)> Send(Stream content, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[BlockBytes];
        long bytes = 0;
        int read;
        bool ended;
        do
        {
            read = await content.ReadAtLeastAsync(block, BlockBytes, throwOnEndOfStream: false, cancellation);
            ended = read < BlockBytes;
            hash.AppendData(block, 0, read);
            bytes += read;
            if (!(ended && _blocks.Count == 0)) await Stage(block.AsMemory(0, read), cancellation);
            Pulse.Beat();
        }
        while (!ended);

        string sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        Dictionary<string, string> metadata = new() { [HashKey] = sha256 };
        return (sha256, bytes, await Name(block.AsMemory(0, read), metadata, cancellation));
    }

    private async Task Stage(ReadOnlyMemory<byte> block, CancellationToken cancellation)
    {
        if (block.Length == 0) return;
        string id = Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_upload}-{_blocks.Count:D6}")));
        await container.AskForArtifact(token => blob.StageBlockAsync(id, BinaryData.FromBytes(block).ToStream(), cancellationToken: token), cancellation);
        _blocks.Add(id);
    }

    private async Task<bool> Name(ReadOnlyMemory<byte> block, Dictionary<string, string> metadata, CancellationToken cancellation)
    {
        try
        {
            await container.AskForArtifact<Response<BlobContentInfo>>(
                token => _blocks.Count == 0
                    ? blob.UploadAsync(BinaryData.FromBytes(block).ToStream(), new BlobUploadOptions { Metadata = metadata, Conditions = Free }, token)
                    : blob.CommitBlockListAsync(_blocks, new CommitBlockListOptions { Metadata = metadata, Conditions = Free }, token),
                cancellation);
            return true;
        }
        catch (RequestFailedException error) when (error.Status is 409 or 412 || error.ErrorCode == "InvalidBlockList")
        {
            // Somebody has the name: another writer, or an earlier try of ours whose answer was lost.
            return false;
        }
    }
}
