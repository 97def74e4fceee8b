using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>Artifacts in memory, by the same contract as every other store.</summary>
public sealed class MemoryArtifactStore : IArtifactStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public async Task<ArtifactRef> Put(ArtifactName name, Stream content, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        string key = Key(name);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellation);
        byte[] bytes = copy.ToArray();
        lock (_gate)
        {
            if (_files.TryGetValue(key, out byte[]? existing) && !existing.AsSpan().SequenceEqual(bytes)) throw new ArtifactExistsException(name);
            _files[key] = bytes;
        }

        return Ref(name, bytes);
    }

    public Task<Stream> Open(ArtifactRef artifact, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        byte[] bytes = Get(artifact.Name) ?? throw new ArtifactCorruptException(artifact, "it is not there");
        var found = Ref(artifact.Name, bytes);
        return found == artifact
            ? Task.FromResult<Stream>(new MemoryStream(bytes, writable: false))
            : throw new ArtifactCorruptException(artifact, Invariant($"it has {found.Bytes} bytes and SHA-256 {found.Sha256}"));
    }

    public Task<ArtifactRef?> Find(ArtifactName name, CancellationToken cancellation = default) =>
        Task.FromResult(Get(name) is { } bytes ? Ref(name, bytes) : null);

    public async IAsyncEnumerable<ArtifactName> List(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        string start = prefix.Length == 0 ? "" : new ArtifactName(prefix).Value;
        List<string> names;
        lock (_gate)
            names = [.. _files.Keys.Where(name => start.Length == 0 || name == start || name.StartsWith(start + "/", StringComparison.Ordinal))];
        await Task.CompletedTask;
        foreach (string name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new(name);
        }
    }

    public Task Delete(ArtifactName name, CancellationToken cancellation = default)
    {
        lock (_gate) _files.Remove(Key(name));
        return Task.CompletedTask;
    }

    /// <summary>Damages a file behind the store's back.</summary>
    public void Corrupt(ArtifactName name, byte[] content)
    {
        lock (_gate) _files[Key(name)] = content;
    }

    private byte[]? Get(ArtifactName name)
    {
        lock (_gate) return _files.GetValueOrDefault(Key(name));
    }

    private static string Key(ArtifactName name) => name.Value ?? throw new ArgumentException("The artifact has no name.", nameof(name));

    private static ArtifactRef Ref(ArtifactName name, byte[] bytes) => new(name, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
}
