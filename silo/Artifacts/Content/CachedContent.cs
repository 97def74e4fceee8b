namespace Distributed.Artifacts;

/// <summary>Content of a store on this machine. It stays there until this is disposed.</summary>
public sealed class CachedContent : IDisposable
{
    private readonly ContentLock _use;

    internal CachedContent(string path, ContentLock use) => (Path, _use) = (path, use);

    /// <summary>The file or folder.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => _use.Dispose();
}
