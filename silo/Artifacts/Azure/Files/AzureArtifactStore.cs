using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Artifacts as block blobs of a container. Any number of processes may use one container at the same time.</summary>
/// <remarks>
/// A name is given by "If-None-Match: *": whoever comes second gets nothing. Opening reads the whole blob and checks it before the first
/// byte is given out; finding believes the hash in the blob's metadata, which was written with it.
/// </remarks>
internal sealed class AzureArtifactStore(AzureContainer container) : IArtifactStore
{
    public async Task<ArtifactRef> Put(ArtifactName name, Stream content, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var blob = container.Client.GetBlockBlobClient(BlobNames.Artifact(name));
        var (sha256, bytes, isNamed) = await new BlobUpload(container, blob).Send(content, cancellation);
        ArtifactRef artifact = new(name, sha256, bytes);
        if (isNamed) return artifact;
        return await BlobDownload.Read(container, blob, null, cancellation) switch
        {
            null => throw new StoreUnavailableException(container.Place, $"the artifact '{name}' was deleted while it was written"),
            var existing when existing == (bytes, sha256) => artifact,
            _ => throw new ArtifactExistsException(name),
        };
    }

    public async Task<Stream> Open(ArtifactRef artifact, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        var blob = container.Client.GetBlobBaseClient(BlobNames.Artifact(artifact.Name));
        var kept = BlobDownload.Keep(artifact.Bytes);
        try
        {
            if (await BlobDownload.Read(container, blob, kept, cancellation) is not { } found) throw new ArtifactCorruptException(artifact, "it is not there");
            if (found.Bytes != artifact.Bytes) throw new ArtifactCorruptException(artifact, Invariant($"it has {found.Bytes} bytes"));
            if (found.Sha256 != artifact.Sha256) throw new ArtifactCorruptException(artifact, $"its SHA-256 is {found.Sha256}");
            kept.Position = 0;
            return kept;
        }
        catch
        {
            await kept.DisposeAsync();
            throw;
        }
    }

    public async Task<ArtifactRef?> Find(ArtifactName name, CancellationToken cancellation = default)
    {
        var blob = container.Client.GetBlobBaseClient(BlobNames.Artifact(name));
        try
        {
            BlobProperties properties = await container.AskForArtifact(token => blob.GetPropertiesAsync(cancellationToken: token), cancellation);
            if (properties.Metadata.TryGetValue(BlobUpload.HashKey, out string? sha256)) return new(name, sha256, properties.ContentLength);
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            return null;
        }

        // Somebody else put it there.
        return await BlobDownload.Read(container, blob, null, cancellation) is { } found ? new(name, found.Sha256, found.Bytes) : null;
    }

    public async IAsyncEnumerable<ArtifactName> List(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        string start = prefix.Length == 0 ? BlobNames.Artifacts : BlobNames.Artifact(new ArtifactName(prefix));
        bool isWhole = prefix.Length > 0 && await Find(new(prefix), cancellation) is not null;
        var names = await container.AskForArtifact(token => Names(prefix.Length == 0 ? start : start + "/", token), cancellation);
        if (isWhole) yield return new(prefix);
        foreach (var name in names.OrderBy(name => name.Value, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    public Task Delete(ArtifactName name, CancellationToken cancellation = default)
    {
        var blob = container.Client.GetBlobBaseClient(BlobNames.Artifact(name));
        return container.AskForArtifact(token => blob.DeleteIfExistsAsync(cancellationToken: token), cancellation);
    }

    private async Task<List<ArtifactName>> Names(string start, CancellationToken cancellation)
    {
        List<ArtifactName> names = [];
        await foreach (var blob in container.Client.GetBlobsAsync(new() { Prefix = start }, cancellation)) names.Add(BlobNames.Artifact(blob.Name));
        return names;
    }
}
