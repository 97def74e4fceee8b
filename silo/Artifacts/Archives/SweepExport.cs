using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Writes a sweep, its log and its files, as one tar archive.</summary>
/// <remarks>A sweep that runs meanwhile is written as it was when the log was read. Datasets and models that were pushed are in it when asked for.</remarks>
public static class SweepExport
{
    /// <summary>Writes an archive, whole or not at all; a file that is there already is replaced.</summary>
    /// <param name="store">Where the sweep is.</param>
    /// <param name="sweep">Which.</param>
    /// <param name="path">The archive.</param>
    /// <param name="withData">Whether the dataset and the model that the sweep was given go with it, where they were pushed.</param>
    /// <param name="tell">Is told how many files of how many are written.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How many records and files it holds.</returns>
    /// <exception cref="InvalidInputException">There is no such sweep, or what was pushed for it is gone.</exception>
    /// <exception cref="ArtifactCorruptException">A file of the sweep is damaged.</exception>
    public static async Task<(long Records, int Files)> Write(
        OpenedStore store, SweepId sweep, string path, bool withData, Action<int, int> tell, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(tell);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        string part = DirectoryLayout.Temporary(folder);
        string log = DirectoryLayout.Temporary(folder);
        try
        {
            var (records, sha256, spec) = await WriteLog(store.Logs, sweep, log, cancellation);
            if (records == 0) throw new InvalidInputException(sweep.Value, $"there is no such sweep in the store '{store.Address}'", "'sweep list' shows those that there are.");
            var content = withData ? await Content(store.Artifacts, spec, cancellation) : [];
            ArchiveManifest manifest = new()
            {
                Version = content.Count > 0 ? ArchiveManifest.CurrentVersion : 1,
                Sweep = sweep,
                Records = records,
                LogSha256 = sha256,
                Files = [.. content, .. await Files(store.Artifacts, sweep, cancellation)],
            };
            await WriteArchive(store.Artifacts, manifest, log, part, tell, cancellation);
            File.Move(part, path, overwrite: true);
            return (records, manifest.Files.Count);
        }
        catch (IOException error) when (Disk.IsFull(error))
        {
            throw new StoreFullException(folder, error);
        }
        finally
        {
            File.Delete(log);
            File.Delete(part);
        }
    }

    private static async Task<(long Records, string Sha256, SweepSpec? Spec)> WriteLog(ISweepLogStore logs, SweepId sweep, string path, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, TemporaryFile.BlockBytes);
        long records = 0;
        SweepSpec? spec = null;
        await foreach (var entry in logs.Read(sweep, 0, cancellation))
        {
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(entry, SweepJson.Options), (byte)'\n'];
            hash.AppendData(line);
            await file.WriteAsync(line, cancellation);
            records++;
            if (entry.Record is SweepRecord.Launched launched) spec = launched.Spec;
        }

        return (records, Convert.ToHexStringLower(hash.GetHashAndReset()), spec);
    }

    /// <summary>What the spec refers to in the store.</summary>
    private static async Task<List<ArtifactRef>> Content(IArtifactStore artifacts, SweepSpec? spec, CancellationToken cancellation)
    {
        List<ArtifactRef> content = [];
        foreach (string reference in new[] { spec?.Dataset.Path, spec?.Model.Onnx }.Where(StoredFile.Is).Distinct()!)
        {
            content.Add(await artifacts.Find(StoredFile.Parse(reference).Artifact, cancellation)
                ?? throw new InvalidInputException(reference, "the store does not hold it", "Push it again, or export without --with-data."));
        }

        return content;
    }

    private static async Task<List<ArtifactRef>> Files(IArtifactStore artifacts, SweepId sweep, CancellationToken cancellation)
    {
        List<ArtifactRef> files = [];
        await foreach (var name in artifacts.List($"sweeps/{sweep}", cancellation))
        {
            if (await artifacts.Find(name, cancellation) is { } file) files.Add(file);
        }

        return files;
    }

    private static async Task WriteArchive(
        IArtifactStore artifacts, ArchiveManifest manifest, string log, string path, Action<int, int> tell, CancellationToken cancellation)
    {
        await using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, TemporaryFile.BlockBytes);
        await using TarWriter archive = new(file, TarEntryFormat.Pax, leaveOpen: true);
        using MemoryStream start = new(JsonSerializer.SerializeToUtf8Bytes(manifest, SweepJson.Options));
        await archive.WriteEntryAsync(Entry(ArchiveManifest.File, start), cancellation);
        for (int i = 0; i < manifest.Files.Count; i++)
        {
            await using var content = await artifacts.Open(manifest.Files[i], cancellation);
            await archive.WriteEntryAsync(Entry(ArchiveManifest.Artifacts + manifest.Files[i].Name, content), cancellation);
            tell(i + 1, manifest.Files.Count);
        }

        await using FileStream records = new(log, FileMode.Open, FileAccess.Read);
        await archive.WriteEntryAsync(Entry(ArchiveManifest.LogFile, records), cancellation);
    }

    private static PaxTarEntry Entry(string name, Stream content) =>
        new(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = DateTimeOffset.UnixEpoch };
}
