using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Brings an artifact out of its store.</summary>
public static class ArtifactDownload
{
    /// <summary>Writes an artifact to a file, checked and whole or not at all; a file that is there already is replaced.</summary>
    /// <param name="store">Where the artifact is.</param>
    /// <param name="artifact">Which one.</param>
    /// <param name="path">The file to write; its folder is made if need be.</param>
    /// <param name="cancellation">Ends the copying; the file is then as it was.</param>
    /// <exception cref="ArtifactCorruptException">It is not there, or is not what the reference says.</exception>
    /// <exception cref="InvalidInputException">The file cannot be written.</exception>
    /// <exception cref="StoreFullException">There is no space left for it.</exception>
    public static async Task ToFile(IArtifactStore store, ArtifactRef artifact, string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        string target = Path.GetFullPath(path);
        await using var content = await store.Open(artifact, cancellation);
        string folder = Path.GetDirectoryName(target) ?? target;
        try
        {
            Directory.CreateDirectory(folder);
            using var file = TemporaryFile.Create(folder, Disk.Local);
            await file.Fill(content, cancellation);
            File.Move(file.Path, target, overwrite: true);
            Disk.Local.FlushFolder(folder);
        }
        catch (IOException error) when (Disk.IsFull(error))
        {
            throw new StoreFullException(folder, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string found = $"the file cannot be written ({error.Message.TrimEnd('.')})";
            throw new InvalidInputException(target, found, "Give another place for it.", error);
        }
    }
}
