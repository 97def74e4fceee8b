using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Files and folders of stores, kept on this machine by their hash. Any number of processes may use one cache.</summary>
/// <remarks>
/// <code>
/// FOLDER/
///   9f…e1/cifar.tar.gz            content that is whole: it was given its place after its hash had been checked
///   9f…e1.use                     a lock: shared by who uses it, taken alone by who removes it; its time is that of the last use
///   9f…e1.fetch                   a lock: of who looks whether it is whole, and fetches it
///   .3f….part/                    being fetched, or left by a process that died
/// </code>
/// A file is hashed again whenever it is asked for; of a folder the number and size of its files are compared with what was unpacked. What
/// does not match is fetched anew. Beyond the limit what was used longest ago goes first, never what is in use: that may exceed the limit.
/// </remarks>
/// <param name="folder">Where; may be emptied while nothing runs.</param>
/// <param name="limitBytes">Above which something is removed.</param>
/// <param name="time">The clock.</param>
public sealed class ContentCache(string folder, long limitBytes, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Content as a file or folder of this machine, fetched if need be.</summary>
    /// <param name="file">What.</param>
    /// <param name="store">Where from.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>It stays while this is held.</returns>
    /// <exception cref="InvalidInputException">It is not in the store.</exception>
    /// <exception cref="ArtifactCorruptException">The store's copy is damaged.</exception>
    /// <exception cref="StoreFullException">This machine has no space for it.</exception>
    public async Task<CachedContent> Get(StoredFile file, IArtifactStore store, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(store);
        Directory.CreateDirectory(folder);
        var use = await ContentLock.Share(LockOf(file.Sha256), time, Pause, cancellation);
        try
        {
            string place = Path.Combine(folder, file.Sha256);
            string path = Path.Combine(place, file.IsFolder ? file.Name[..^StoredFile.FolderExtension.Length] : file.Name);
            // One process fetches, the others wait for it.
            using var turn = await ContentLock.Alone(Path.Combine(folder, file.Sha256 + ".fetch"), time, Pause, cancellation);
            while (!await ContentFetch.IsIntact(place, path, file, cancellation))
            {
                var artifact = await store.Find(file.Artifact, cancellation) ?? throw new InvalidInputException(
                    $"{file}", "the store does not hold it", "Push it with 'data push' or 'model push', or correct the reference.");
                MakeRoom(artifact.Bytes, file.Sha256);
                await ContentFetch.Fetch(file, artifact, store, folder, place, cancellation);
            }

            use.Touch(time);
            return new(path, use);
        }
        catch (IOException error) when (Disk.IsFull(error))
        {
            use.Dispose();
            throw new StoreFullException(folder, error);
        }
        catch (InvalidDataException error)
        {
            use.Dispose();
            throw new InvalidInputException($"{file}", error.Message, "Push the folder again with 'data push'.", error);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    private void MakeRoom(long bytes, string but)
    {
        ContentFetch.RemoveLeftovers(folder);
        var kept = Directory.EnumerateDirectories(folder)
            .Where(place => !Path.GetFileName(place).StartsWith('.') && Path.GetFileName(place) != but)
            .Select(place => (Place: place, Bytes: ContentFetch.Size(place), Used: File.GetLastWriteTimeUtc(LockOf(Path.GetFileName(place)))))
            .OrderBy(content => content.Used)
            .ToList();
        long total = bytes + kept.Sum(content => content.Bytes);
        foreach (var (place, size, _) in kept.TakeWhile(_ => total > limitBytes))
        {
            using var alone = ContentLock.TryAlone(LockOf(Path.GetFileName(place)));
            if (alone is null) continue;
            ContentFetch.Remove(place, folder);
            total -= size;
        }
    }

    private string LockOf(string sha256) => Path.Combine(folder, sha256 + ".use");
}
