using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>One image file as it is stored.</summary>
/// <param name="Entry">Its name in the folder or archive, with '/'.</param>
/// <param name="Split">"train" or "test".</param>
/// <param name="Class">The folder that holds it.</param>
/// <param name="Content">The file.</param>
internal sealed record ImageEntry(string Entry, string Split, string Class, byte[] Content);

/// <summary>Where an image folder lies: a directory, or an archive that is read front to back without being unpacked.</summary>
internal abstract class ImageSource(string path)
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png"];
    private static readonly string[] Splits = ["train", "test"];

    /// <summary>The directory or archive.</summary>
    public string Path { get; } = path;

    /// <exception cref="InvalidInputException">There is nothing there, or it is neither.</exception>
    public static ImageSource Open(string path, string remedy)
    {
        if (Directory.Exists(path)) return new ImageDirectory(path);
        if (!File.Exists(path)) throw new InvalidInputException(path, "there is no such file or folder", remedy);
        string[] packed = [".tar.gz", ".tgz"];
        bool gzip = packed.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase));
        return gzip || path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase)
            ? new ImageArchive(path, gzip)
            : throw new InvalidInputException(path, "it is neither a folder nor a .tar, .tar.gz or .tgz", remedy);
    }

    /// <summary>A hash that changes when a file is added, removed or written: of paths, lengths and times of writing.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder("image-folder.v1\n").Append(Path).Append('\n');
        foreach (var file in Files().OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            text.Append(Invariant($"{file.FullName}\t{file.Length}\t{file.LastWriteTimeUtc.Ticks}\n"));
            Pulse.Beat();
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Splits and classes for which a folder was seen, with or without images. Complete once all is read.</summary>
    public ISet<(string Split, string Class)> Folders { get; } = new SortedSet<(string Split, string Class)>();

    /// <summary>The images in the order in which they are stored.</summary>
    /// <exception cref="InvalidInputException">The archive or a file cannot be read.</exception>
    public abstract IEnumerable<ImageEntry> Read(CancellationToken cancellation);

    /// <summary>The files whose change makes it another dataset.</summary>
    protected abstract IEnumerable<FileInfo> Files();

    /// <summary>Notes a folder of the form train/CLASS or test/CLASS.</summary>
    private protected void Note(string folder)
    {
        string[] parts = folder.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length >= 2 && Splits.Contains(parts[^2]) && !parts[^1].StartsWith('.')) Folders.Add((parts[^2], parts[^1]));
    }

    /// <summary>Split and class of a file, or null where it is no image of a split. A folder around train/ and test/ is allowed.</summary>
    private protected static (string Split, string Class)? Place(string entry)
    {
        string[] parts = entry.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || parts[^1].StartsWith('.') || !Extensions.Contains(System.IO.Path.GetExtension(entry), StringComparer.OrdinalIgnoreCase)) return null;
        return Splits.Contains(parts[^3]) ? (parts[^3], parts[^2]) : null;
    }

    private sealed class ImageDirectory(string path) : ImageSource(path)
    {
        public override IEnumerable<ImageEntry> Read(CancellationToken cancellation)
        {
            foreach (var folder in new DirectoryInfo(Path).EnumerateDirectories("*", SearchOption.AllDirectories)) Note(Relative(folder));
            foreach (var file in Files())
            {
                cancellation.ThrowIfCancellationRequested();
                string entry = Relative(file);
                if (Place(entry) is { } place) yield return new(entry, place.Split, place.Class, Content(file));
            }
        }

        private string Relative(FileSystemInfo item) => System.IO.Path.GetRelativePath(Path, item.FullName).Replace('\\', '/');

        private static byte[] Content(FileInfo file)
        {
            try
            {
                return File.ReadAllBytes(file.FullName);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new InvalidInputException(file.FullName, $"it cannot be read ({error.GetType().Name})", "Check that the file is there and may be read.", error);
            }
        }

        protected override IEnumerable<FileInfo> Files() => new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories);
    }

    private sealed class ImageArchive(string path, bool gzip) : ImageSource(path)
    {
        public override IEnumerable<ImageEntry> Read(CancellationToken cancellation)
        {
            using var file = File.OpenRead(Path);
            using Stream stream = gzip ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var tar = new TarReader(stream);
            string last = "the start";
            while (Next(tar, last) is { } entry)
            {
                cancellation.ThrowIfCancellationRequested();
                last = $"'{entry.Name}'";
                if (entry.EntryType == TarEntryType.Directory) Note(entry.Name);
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && Place(entry.Name) is { } place)
                    yield return new(entry.Name, place.Split, place.Class, Content(entry));
            }
        }

        protected override IEnumerable<FileInfo> Files() => [new(Path)];

        private TarEntry? Next(TarReader tar, string last) => Guard(() => tar.GetNextEntry(), last);

        private byte[] Content(TarEntry entry) => Guard(
            () =>
            {
                byte[] content = new byte[entry.Length];
                entry.DataStream?.ReadExactly(content);
                return content;
            },
            $"the beginning of '{entry.Name}'");

        private T Guard<T>(Func<T> read, string last)
        {
            try
            {
                return read();
            }
            catch (Exception error) when (error is InvalidDataException or IOException or FormatException)
            {
                throw new InvalidInputException(Path, $"the archive cannot be read after {last}", "It is cut short or damaged: fetch it again.", error);
            }
        }
    }
}
