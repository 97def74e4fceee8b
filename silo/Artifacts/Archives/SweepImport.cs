using System.Formats.Tar;
using System.Text.Json;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Reads an archive that <see cref="SweepExport"/> wrote into a store of any kind.</summary>
/// <remarks>
/// Names in an archive are looked up in its manifest and checked as names of artifacts: none becomes a path. Every hash is checked. The log
/// comes last: an import that was cut short has left files and perhaps the start of the log, and the same command goes on from there.
/// </remarks>
public sealed class SweepImport
{
    private const int AppendedAtOnce = 1000;
    private readonly OpenedStore _store;
    private readonly string _path;
    private readonly Action<int, int> _tell;

    private SweepImport(OpenedStore store, string path, Action<int, int> tell) => (_store, _path, _tell) = (store, path, tell);

    /// <summary>Reads an archive.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="path">The archive.</param>
    /// <param name="tell">Is told how many files of how many are read.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The sweep and how many records and files it has.</returns>
    /// <exception cref="InvalidInputException">The archive is none, or damaged, or the store holds a sweep of that name.</exception>
    public static async Task<(SweepId Sweep, long Records, int Files)> Read(
        OpenedStore store, string path, Action<int, int> tell, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(tell);
        try
        {
            await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, TemporaryFile.BlockBytes, FileOptions.SequentialScan);
            await using TarReader archive = new(file, leaveOpen: true);
            return await new SweepImport(store, path, tell).Read(archive, cancellation);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(path, $"it cannot be read ({error.Message.TrimEnd('.')})", "Give an archive that 'sweep export' wrote.", error);
        }
        catch (Exception error) when (error is InvalidDataException or FormatException or EndOfStreamException or JsonException or ArgumentException or OverflowException)
        {
            throw new InvalidInputException(path, $"the archive is damaged ({error.Message.TrimEnd('.')})", "Export the sweep again.", error);
        }
    }

    private async Task<(SweepId, long, int)> Read(TarReader archive, CancellationToken cancellation)
    {
        var manifest = await Manifest(archive, cancellation);
        await RefuseExisting(manifest, cancellation);
        for (int i = 0; i < manifest.Files.Count; i++)
        {
            await Take(await Next(archive, ArchiveManifest.Artifacts + manifest.Files[i].Name, cancellation), manifest.Files[i], cancellation);
            _tell(i + 1, manifest.Files.Count);
        }

        var log = await Next(archive, ArchiveManifest.LogFile, cancellation);
        await using var content = BlobDownload.Keep(log.Length);
        await log.DataStream!.CopyToAsync(content, cancellation);
        content.Position = 0;
        if (await HashedFile.Hash(content, cancellation) != manifest.LogSha256) throw new InvalidDataException("the log is not what the manifest says");
        content.Position = 0;
        await TakeLog(manifest, content, cancellation);
        return (manifest.Sweep, manifest.Records, manifest.Files.Count);
    }

    private async Task<ArchiveManifest> Manifest(TarReader archive, CancellationToken cancellation)
    {
        var entry = await Next(archive, ArchiveManifest.File, cancellation);
        var manifest = await JsonSerializer.DeserializeAsync<ArchiveManifest>(entry.DataStream!, SweepJson.Options, cancellation)
            ?? throw new InvalidDataException("the manifest is empty");
        if (manifest.Version is not (1 or ArchiveManifest.CurrentVersion))
        {
            throw new InvalidInputException(
                _path,
                Invariant($"the archive has version {manifest.Version}, and this program reads up to version {ArchiveManifest.CurrentVersion}"),
                "Use the version of the program that wrote it.");
        }

        string own = $"sweeps/{manifest.Sweep}/";
        var strange = manifest.Files.FirstOrDefault(file => file.Name.Value?.StartsWith(own, StringComparison.Ordinal) != true && !IsContent(file));
        return strange is null ? manifest : throw new InvalidDataException($"the file '{strange.Name}' does not belong to sweep '{manifest.Sweep}'");
    }

    /// <summary>Whether it is content that lies under its own hash: whoever brings it, it is the same.</summary>
    private static bool IsContent(ArtifactRef file) =>
        file.Name.Value?.Split('/') is ["content", var sha256, _] && sha256 == file.Sha256 && sha256.Length == 64;

    /// <summary>The next entry, which must be the one that the manifest says.</summary>
    private static async Task<TarEntry> Next(TarReader archive, string name, CancellationToken cancellation)
    {
        var entry = await archive.GetNextEntryAsync(copyData: false, cancellation) ?? throw new InvalidDataException($"it ends before '{name}'");
        return entry.Name == name && entry.EntryType == TarEntryType.RegularFile && (entry.DataStream is not null || entry.Length == 0)
            ? entry
            : throw new InvalidDataException($"it holds '{entry.Name}' where '{name}' should be");
    }

    private async Task Take(TarEntry entry, ArtifactRef file, CancellationToken cancellation)
    {
        if (entry.Length != file.Bytes) throw new InvalidDataException($"'{file.Name}' has {entry.Length} bytes, and the manifest says {file.Bytes}");
        bool wasThere = await _store.Artifacts.Find(file.Name, cancellation) is not null;
        try
        {
            var taken = await _store.Artifacts.Put(file.Name, entry.DataStream ?? Stream.Null, cancellation);
            if (taken == file) return;
        }
        catch (ArtifactExistsException error)
        {
            throw new InvalidInputException(_path, $"the store holds another file '{file.Name}'", "Import into another store with --store.", error);
        }

        if (!wasThere) await _store.Artifacts.Delete(file.Name, cancellation);
        throw new InvalidDataException($"'{file.Name}' is not what the manifest says");
    }

    private async Task RefuseExisting(ArchiveManifest manifest, CancellationToken cancellation)
    {
        long records = 0;
        await foreach (var _ in _store.Logs.Read(manifest.Sweep, 0, cancellation)) records++;
        if (records >= manifest.Records) throw Exists(manifest.Sweep);
    }

    /// <summary>Appends what the store does not have yet; what it has must be the start of it.</summary>
    private async Task TakeLog(ArchiveManifest manifest, Stream content, CancellationToken cancellation)
    {
        using StreamReader lines = new(content, leaveOpen: true);
        await foreach (var there in _store.Logs.Read(manifest.Sweep, 0, cancellation))
        {
            if (await lines.ReadLineAsync(cancellation) != SweepJson.Write(there)) throw Exists(manifest.Sweep);
        }

        await using var log = await _store.Logs.Own(manifest.Sweep, cancellation);
        List<LogEntry> entries = [];
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            var entry = SweepJson.Read<LogEntry>(line);
            if (entry.Record is null || entry.Position != log.Next + entries.Count) throw new InvalidDataException($"record {log.Next + entries.Count} of the log is missing");
            entries.Add(entry);
            if (entries.Count == AppendedAtOnce) await Append();
        }

        if (entries.Count > 0) await Append();

        async Task Append()
        {
            await ((GroupCommitLog)log).Copy(entries, cancellation);
            entries.Clear();
        }
    }

    private InvalidInputException Exists(SweepId sweep) => new(
        _path, $"the store '{_store.Address}' holds a sweep '{sweep}' already", "Import into another store with --store.");
}
