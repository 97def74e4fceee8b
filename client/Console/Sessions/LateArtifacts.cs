namespace Distributed.Client.Sessions;

/// <summary>A store that is opened when a file of it is first wanted: most commands want none.</summary>
internal sealed class LateArtifacts(Func<IArtifactStore> open) : IArtifactStore
{
    private readonly Lazy<IArtifactStore> _store = new(open);

    public Task<ArtifactRef> Put(ArtifactName name, Stream content, CancellationToken cancellation = default) => _store.Value.Put(name, content, cancellation);

    public Task<Stream> Open(ArtifactRef artifact, CancellationToken cancellation = default) => _store.Value.Open(artifact, cancellation);

    public Task<ArtifactRef?> Find(ArtifactName name, CancellationToken cancellation = default) => _store.Value.Find(name, cancellation);

    public IAsyncEnumerable<ArtifactName> List(string prefix, CancellationToken cancellation = default) => _store.Value.List(prefix, cancellation);

    public Task Delete(ArtifactName name, CancellationToken cancellation = default) => _store.Value.Delete(name, cancellation);
}
