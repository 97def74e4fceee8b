using System.Formats.Tar;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>A folder as one tar archive: the same files give the same bytes, whoever packs them and when.</summary>
internal static class FolderArchive
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Packs the files of a folder and those below, in ordinal order of their names; empty folders, owners and times are left out.</summary>
    /// <exception cref="InvalidInputException">The folder holds no file, or a link.</exception>
    public static async Task Pack(string folder, Stream target, CancellationToken cancellation)
    {
        var files = FolderTree.Files(folder)
            .Select(path => (Path: path, Name: Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/')))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        if (files.Count == 0) throw new InvalidInputException(folder, "the folder holds no files", "Give the folder of a dataset.");
        await using TarWriter writer = new(target, TarEntryFormat.Gnu, leaveOpen: true);
        foreach (var (path, name) in files)
        {
            if (new FileInfo(path).LinkTarget is not null) throw new InvalidInputException(path, "this is a link", "Put the file itself there.");
            await using FileStream content = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, TemporaryFile.BlockBytes, FileOptions.SequentialScan);
            await writer.WriteEntryAsync(Entry(name, content), cancellation);
        }
    }

    /// <summary>Unpacks files into an empty folder. Nothing is written outside of it.</summary>
    /// <exception cref="InvalidDataException">An entry is no plain file, or its name leads elsewhere.</exception>
    public static async Task Unpack(Stream archive, string folder, CancellationToken cancellation)
    {
        string root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        await using TarReader reader = new(archive, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            string path = Path.GetFullPath(Path.Combine(root, entry.Name));
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !path.StartsWith(root, StringComparison.Ordinal))
                throw new InvalidDataException($"the archive's entry '{entry.Name}' is no file below its folder");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, TemporaryFile.BlockBytes);
            if (entry.DataStream is not { } content) continue;
            await foreach (var block in Blocks.Of(content, cancellation)) await file.WriteAsync(block, cancellation);
        }
    }

    /// <summary>An entry without anything that differs from machine to machine. (The extended headers of pax name the process that wrote them.)</summary>
    private static GnuTarEntry Entry(string name, Stream content) => new(TarEntryType.RegularFile, name)
    {
        DataStream = content,
        Mode = Mode,
        ModificationTime = DateTimeOffset.UnixEpoch,
        AccessTime = DateTimeOffset.UnixEpoch,
        ChangeTime = DateTimeOffset.UnixEpoch,
    };
}
