using System.Globalization;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Brings content to its place in a cache: beside it first, checked, then all at once.</summary>
internal static class ContentFetch
{
    private const string SizeFile = ".size";

    /// <summary>Whether the place holds the content as it should be. What is there and is not goes away.</summary>
    public static async Task<bool> IsIntact(string place, string path, StoredFile file, CancellationToken cancellation)
    {
        if (!Directory.Exists(place)) return false;
        bool intact = file.IsFolder ? Directory.Exists(path) && Noted(place) == Measure(path) : await Hash(path, cancellation) == file.Sha256;
        if (!intact) Remove(place, Path.GetDirectoryName(place)!);
        return intact;
    }

    /// <summary>Fetches content; another process that is faster wins.</summary>
    public static async Task Fetch(
        StoredFile file, ArtifactRef artifact, IArtifactStore store, string folder, string place, CancellationToken cancellation)
    {
        if (artifact.Sha256 != file.Sha256) throw new ArtifactCorruptException(artifact with { Sha256 = file.Sha256 }, $"its SHA-256 is {artifact.Sha256}");
        string part = DirectoryLayout.Temporary(folder);
        Directory.CreateDirectory(part);
        // A lock says that the part's writer lives.
        using var alive = File.Open(Path.Combine(part, SizeFile), FileMode.Create, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        try
        {
            await using (var content = await store.Open(artifact, cancellation)) await Write(content, file, part, cancellation);
            string inside = Path.Combine(part, NameOf(file));
            await alive.WriteAsync(System.Text.Encoding.ASCII.GetBytes(file.IsFolder ? Measure(inside) : Invariant($"1 {artifact.Bytes}")), cancellation);
            await alive.FlushAsync(cancellation);
            Directory.Move(part, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            // Another process was faster.
            Directory.Delete(part, recursive: true);
        }
        catch
        {
            Directory.Delete(part, recursive: true);
            throw;
        }
    }

    /// <summary>The bytes that a place holds.</summary>
    public static long Size(string place) =>
        Noted(place)?.Split(' ') is [_, var bytes] && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : 0;

    /// <summary>Takes a place away, all at once.</summary>
    public static void Remove(string place, string folder)
    {
        string gone = DirectoryLayout.Temporary(folder);
        Directory.Move(place, gone);
        Directory.Delete(gone, recursive: true);
    }

    /// <summary>Removes what processes that died have left.</summary>
    public static void RemoveLeftovers(string folder)
    {
        foreach (string part in Directory.EnumerateDirectories(folder, $".*{DirectoryLayout.TemporaryExtension}"))
        {
            try
            {
                using (File.Open(Path.Combine(part, SizeFile), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                }

                Directory.Delete(part, recursive: true);
            }
            catch (IOException)
            {
                // Its writer lives, has just begun, or has just ended.
            }
        }
    }

    private static string NameOf(StoredFile file) => file.IsFolder ? file.Name[..^StoredFile.FolderExtension.Length] : file.Name;

    private static async Task Write(Stream content, StoredFile file, string part, CancellationToken cancellation)
    {
        string inside = Path.Combine(part, NameOf(file));
        if (file.IsFolder)
        {
            Directory.CreateDirectory(inside);
            await FolderArchive.Unpack(content, inside, cancellation);
            return;
        }

        await using FileStream target = new(inside, FileMode.CreateNew, FileAccess.Write, FileShare.None, TemporaryFile.BlockBytes);
        await foreach (var block in Blocks.Of(content, cancellation)) await target.WriteAsync(block, cancellation);
        target.Flush(flushToDisk: true);
    }

    /// <summary>How many files a folder has, and how many bytes.</summary>
    private static string Measure(string folder)
    {
        var (count, bytes) = FolderTree.Files(folder).Aggregate((Count: 0, Bytes: 0L), (sum, path) => (sum.Count + 1, sum.Bytes + new FileInfo(path).Length));
        return Invariant($"{count} {bytes}");
    }

    private static string? Noted(string place)
    {
        string note = Path.Combine(place, SizeFile);
        return File.Exists(note) ? File.ReadAllText(note) : null;
    }

    private static async Task<string?> Hash(string path, CancellationToken cancellation)
    {
        await using var stream = HashedFile.TryOpen(path);
        return stream is null ? null : await HashedFile.Hash(stream, cancellation);
    }
}
