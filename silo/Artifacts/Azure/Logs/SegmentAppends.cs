using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Distributed.Artifacts;

/// <summary>One segment of a log: an append blob, to which blocks are added whole, each at the place that its writer expects.</summary>
internal sealed class SegmentAppends(AzureContainer container, string name)
{
    private readonly AppendBlobClient _blob = container.Client.GetAppendBlobClient(name);

    public string Name => name;

    public string Place => $"{container.Place}/{name}";

    /// <summary>Makes it, empty. Its name is nobody else's: that it is there already says that an earlier try arrived.</summary>
    public async Task Create(CancellationToken cancellation)
    {
        AppendBlobCreateOptions options = new() { Conditions = new() { IfNoneMatch = ETag.All } };
        try
        {
            await container.AskForLog(token => _blob.CreateAsync(options, token), cancellation);
        }
        catch (RequestFailedException error) when (error.Status == 409)
        {
            // See above.
        }
    }

    /// <summary>All of it, or null when there is none.</summary>
    public Task<byte[]?> Read(CancellationToken cancellation) => Read(default, cancellation);

    /// <summary>Adds a block at a place.</summary>
    /// <returns>How many blocks it has now; null when something else stands at the place, or the blob is gone. An answer that was lost is looked up.</returns>
    public async Task<int?> TryAppend(ReadOnlyMemory<byte> block, long at, CancellationToken cancellation)
    {
        AppendBlobAppendBlockOptions options = new() { Conditions = new() { IfAppendPositionEqual = at } };
        try
        {
            BlobAppendInfo added = await container.AskForLog(
                token => _blob.AppendBlockAsync(BinaryData.FromBytes(block).ToStream(), options, token), cancellation);
            return added.BlobCommittedBlockCount;
        }
        catch (RequestFailedException error) when (error.Status == 412)
        {
            return await Read(new HttpRange(at, block.Length), cancellation) is { } there && block.Span.SequenceEqual(there) ? 0 : null;
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            return null;
        }
    }

    private async Task<byte[]?> Read(HttpRange range, CancellationToken cancellation)
    {
        try
        {
            BlobDownloadResult content = await container.AskForLog(
                token => _blob.DownloadContentAsync(new BlobDownloadOptions { Range = range }, token), cancellation);
            return content.Content.ToArray();
        }
        catch (RequestFailedException error) when (error.Status is 404 or 416)
        {
            return error.Status == 404 ? null : [];
        }
    }
}
