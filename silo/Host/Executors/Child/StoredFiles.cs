using Distributed.Artifacts;

namespace Distributed.Silo.Executors;

/// <summary>What specs refer to in the store, on this machine: fetched once for all its executors, and kept while this one may need it.</summary>
internal sealed class StoredFiles(IArtifactStore store, string cache, TimeProvider time)
{
    /// <summary>Datasets and models of the last sweeps.</summary>
    private const int Held = 4;
    private readonly ContentCache _cache = new(Path.Combine(cache, "content"), CacheFolder.LimitBytes, time);
    private readonly Queue<(StoredFile File, CachedContent Content)> _held = new();

    /// <summary>The path of content, fetched if need be. Called by one thread.</summary>
    /// <exception cref="InvalidInputException">The store does not hold it.</exception>
    public string Locate(StoredFile file, CancellationToken cancellation)
    {
        foreach (var (held, kept) in _held) if (held == file) return kept.Path;
        var content = _cache.Get(file, store, cancellation).GetAwaiter().GetResult();
        _held.Enqueue((file, content));
        if (_held.Count > Held) _held.Dequeue().Content.Dispose();
        return content.Path;
    }
}
