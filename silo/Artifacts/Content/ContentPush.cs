using System.Text.RegularExpressions;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Puts files and folders into a store under their hash: the same content once, however often it is pushed.</summary>
public static partial class ContentPush
{
    private const int NameLimit = 100;

    /// <summary>Pushes a file, or a folder as one archive.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="cancellation">Gives up; the store is then as it was.</param>
    /// <returns>What a spec refers to it by, its length in the store, and whether it had not been there before.</returns>
    /// <exception cref="InvalidInputException">It is not there, cannot be read, or was changed meanwhile.</exception>
    public static async Task<(StoredFile File, long Bytes, bool IsNew)> Push(IArtifactStore store, string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            if (!Directory.Exists(full)) return await PushFile(store, full, Path.GetFileName(full), cancellation);
            using var archive = TemporaryFolder();
            string packed = Path.Combine(archive.Path, "folder.tar");
            await using (FileStream target = new(packed, FileMode.CreateNew)) await FolderArchive.Pack(full, target, cancellation);
            return await PushFile(store, packed, Path.GetFileName(full) + StoredFile.FolderExtension, cancellation);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(full, $"it cannot be read ({error.Message.TrimEnd('.')})", "Correct the path.", error);
        }
    }

    private static async Task<(StoredFile File, long Bytes, bool IsNew)> PushFile(
        IArtifactStore store, string path, string name, CancellationToken cancellation)
    {
        await using FileStream content = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, TemporaryFile.BlockBytes, FileOptions.SequentialScan);
        StoredFile stored = new(await HashedFile.Hash(content, cancellation), Named(name));
        if (await store.Find(stored.Artifact, cancellation) is { } there && there.Sha256 == stored.Sha256) return (stored, there.Bytes, false);
        content.Position = 0;
        var written = await store.Put(stored.Artifact, content, cancellation);
        if (written.Sha256 == stored.Sha256) return (stored, written.Bytes, true);
        await store.Delete(stored.Artifact, cancellation);
        throw new InvalidInputException(path, "the file was changed while it was pushed", "Push it again once nobody writes to it.");
    }

    /// <summary>A file's name as a segment of an artifact's name, its extension kept: formats are known by it.</summary>
    private static string Named(string name)
    {
        string safe = Unsafe().Replace(name, "_");
        if (safe.StartsWith('.')) safe = "_" + safe[1..];
        return safe.Length <= NameLimit ? safe : safe[^NameLimit..].TrimStart('.');
    }

    private static Unpacked TemporaryFolder() => new(Directory.CreateTempSubdirectory("distributed-push-").FullName);

    [GeneratedRegex("[^A-Za-z0-9._-]", RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe();

    private sealed record Unpacked(string Path) : IDisposable
    {
        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
