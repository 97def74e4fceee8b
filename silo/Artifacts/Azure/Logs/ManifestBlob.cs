using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>The manifest of one log. Written only over the version that its writer has read.</summary>
internal sealed class ManifestBlob(AzureContainer container, SweepId sweep)
{
    private readonly BlockBlobClient _blob = container.Client.GetBlockBlobClient(BlobNames.Manifest(sweep));

    public string Place => $"{container.Place}/{BlobNames.Manifest(sweep)}";

    /// <summary>What it says and which version that is; an empty one and null when there is none.</summary>
    public async Task<Version> Read(CancellationToken cancellation)
    {
        try
        {
            BlobDownloadResult content = await container.AskForLog(token => _blob.DownloadContentAsync(token), cancellation);
            return new(LogManifest.Parse(Place, content.Content.ToString()), content.Details.ETag, content.Details.LastModified);
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            return new(new(), null, default);
        }
    }

    /// <summary>Writes the next version.</summary>
    /// <returns>Which one it is; null when somebody else was faster.</returns>
    public async Task<Version?> TryWrite(LogManifest next, ETag? over, CancellationToken cancellation)
    {
        next = next with { Revision = $"{Guid.NewGuid():N}" };
        BlobRequestConditions conditions = over is { } tag ? new() { IfMatch = tag } : new() { IfNoneMatch = ETag.All };
        var content = BinaryData.FromString(SweepJson.Write(next));
        try
        {
            BlobContentInfo written = await container.AskForLog(
                token => _blob.UploadAsync(content.ToStream(), new BlobUploadOptions { Conditions = conditions }, token), cancellation);
            return new(next, written.ETag, written.LastModified);
        }
        catch (RequestFailedException error) when (error.Status is 409 or 412 or 404)
        {
            // An earlier try may have been the one that was faster.
            var now = await Read(cancellation);
            return now.Manifest.Revision == next.Revision ? now : null;
        }
    }

    /// <summary>Removes it, if it is still the version that was read.</summary>
    public async Task Delete(ETag version, CancellationToken cancellation)
    {
        try
        {
            await container.AskForLog(token => _blob.DeleteAsync(conditions: new() { IfMatch = version }, cancellationToken: token), cancellation);
        }
        catch (RequestFailedException error) when (error.Status is 404 or 412)
        {
            // It is gone, or somebody has begun the log anew.
        }
    }

    /// <summary>A version of the manifest.</summary>
    /// <param name="Manifest">What it says.</param>
    /// <param name="Tag">Which one; null when there is none.</param>
    /// <param name="Written">When, by the service's clock.</param>
    internal sealed record Version(LogManifest Manifest, ETag? Tag, DateTimeOffset Written);
}
