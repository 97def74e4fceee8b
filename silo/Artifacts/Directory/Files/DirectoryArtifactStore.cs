using System.Runtime.CompilerServices;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Artifacts as files of a folder. Any number of processes may use one folder at the same time.</summary>
/// <remarks>
/// A file is written and flushed under a hidden name and then given its own, which fails when the name is taken.
/// A name cannot also be a folder of other names: "a" and "a/b" do not go together.
/// </remarks>
internal sealed class DirectoryArtifactStore(DirectoryLayout layout, Disk disk) : IArtifactStore
{
    /// <summary>Keeps naming and deleting apart in this process, so that a note is always of the file beside it.</summary>
    private static readonly SemaphoreSlim Naming = new(1, 1);

    public async Task<ArtifactRef> Put(ArtifactName name, Stream content, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        string path = layout.Artifact(name);
        string folder = Path.GetDirectoryName(path)!;
        try
        {
            disk.CreateFolder(folder);
            // A writer that died here, as a console that was killed while it pushed, has left as much as it had written.
            TemporaryFile.RemoveLeftoversIn(folder);
            using var temporary = TemporaryFile.Create(folder, disk);
            string sha256 = await temporary.Fill(content, cancellation);
            return await Name(temporary, new(name, sha256, temporary.Length), path, cancellation);
        }
        catch (IOException error) when (Disk.IsFull(error))
        {
            throw new StoreFullException(layout.Root, error);
        }
    }

    public async Task<Stream> Open(ArtifactRef artifact, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        var stream = HashedFile.TryOpen(layout.Artifact(artifact.Name)) ?? throw new ArtifactCorruptException(artifact, "it is not there");
        try
        {
            if (stream.Length != artifact.Bytes)
                throw new ArtifactCorruptException(artifact, Invariant($"it has {stream.Length} bytes"));
            string sha256 = await HashedFile.Hash(stream, cancellation);
            if (sha256 != artifact.Sha256) throw new ArtifactCorruptException(artifact, $"its SHA-256 is {sha256}");
            stream.Position = 0;
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public async Task<ArtifactRef?> Find(ArtifactName name, CancellationToken cancellation = default)
    {
        string path = layout.Artifact(name);
        var file = new FileInfo(path);
        if (!file.Exists) return null;
        if (HashNote.Find(path, file) is { } note) return new(name, note.Sha256, note.Bytes);
        return await HashedFile.Read(name, path, keepNote: true, cancellation);
    }

    public async IAsyncEnumerable<ArtifactName> List(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        string start = prefix.Length == 0 ? layout.Artifacts : layout.Artifact(new(prefix));
        foreach (var name in await Task.Run(() => Names(start), cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    public async Task Delete(ArtifactName name, CancellationToken cancellation = default)
    {
        string path = layout.Artifact(name);
        await Naming.WaitAsync(cancellation);
        try
        {
            if (!File.Exists(path)) return;
            File.Delete(DirectoryLayout.HashNote(path));
            File.Delete(path);
            disk.FlushFolder(Path.GetDirectoryName(path)!);
        }
        finally
        {
            Naming.Release();
        }
    }

    /// <summary>Gives a written file its name, or finds that a file with the same content has it.</summary>
    private async Task<ArtifactRef> Name(TemporaryFile temporary, ArtifactRef artifact, string path, CancellationToken cancellation)
    {
        await Naming.WaitAsync(cancellation);
        try
        {
            while (true)
            {
                long ticks = File.GetLastWriteTimeUtc(temporary.Path).Ticks;
                bool named = disk.TryName(temporary.Path, path);
                disk.FlushFolder(Path.GetDirectoryName(path)!);
                if (named)
                {
                    new HashNote(artifact.Sha256, artifact.Bytes, ticks).Keep(path);
                    return artifact;
                }

                var existing = await HashedFile.Read(artifact.Name, path, keepNote: false, cancellation);
                if (existing == artifact) return artifact;
                if (existing is not null) throw new ArtifactExistsException(artifact.Name);
                // Somebody deleted it in between: the name is free again.
            }
        }
        finally
        {
            Naming.Release();
        }
    }

    private List<ArtifactName> Names(string start)
    {
        if (File.Exists(start)) return [Named(start)];
        if (!Directory.Exists(start)) return [];
        return [.. FolderTree.Files(start)
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Select(Named)
            .OrderBy(name => name.Value, StringComparer.Ordinal)];
    }

    private ArtifactName Named(string path) =>
        new(Path.GetRelativePath(layout.Artifacts, path).Replace(Path.DirectorySeparatorChar, '/'));
}
