using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using Distributed.Sweeps;
using SkiaSharp;

namespace Distributed.Compression.Tests.Data;

/// <summary>A folder that lives as long as a test, and small made datasets in it.</summary>
internal sealed class DatasetFixture : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("datasets-").FullName;

    public string Cache => Path.Combine(Folder, "cache");

    /// <summary>The project's shared data, or the test is skipped.</summary>
    public static string Shared(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Distributed.sln")) && !Directory.Exists(Path.Combine(folder.FullName, "grains"))) folder = folder.Parent;
        string path = Path.Combine([folder?.Parent?.FullName ?? "/", "shared", .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"'{Path.Combine(parts)}' is not in a folder 'shared' beside the repository.");
        return path;
    }

    public string At(params string[] parts)
    {
        string path = Path.Combine([Folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>An IDX file of unsigned bytes.</summary>
    public static byte[] Idx(int[] sizes, byte[] data, byte type = 8)
    {
        byte[] header = new byte[4 + (4 * sizes.Length)];
        (header[2], header[3]) = (type, (byte)sizes.Length);
        for (int i = 0; i < sizes.Length; i++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), sizes[i]);
        return [.. header, .. data];
    }

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>Four whole IDX files with the given labels; image i is filled with i.</summary>
    public string WriteIdx(byte[] train, byte[] test, int side = 4)
    {
        foreach (var (split, labels) in new[] { ("train", train), ("t10k", test) })
        {
            byte[] pixels = [.. Enumerable.Range(0, labels.Length).SelectMany(i => Enumerable.Repeat((byte)i, side * side))];
            File.WriteAllBytes(At("idx", $"{split}-images-idx3-ubyte.gz"), Gzip(Idx([labels.Length, side, side], pixels)));
            File.WriteAllBytes(At("idx", $"{split}-labels-idx1-ubyte"), Idx([labels.Length], labels));
        }

        return Path.Combine(Folder, "idx");
    }

    public static byte[] Png(SKColor colour, int width = 6, int height = 5)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(colour);
        using var image = SKImage.FromBitmap(bitmap);
        return image.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    public static byte[] Jpeg(SKColor colour, int width = 6, int height = 5)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(colour);
        using var image = SKImage.FromBitmap(bitmap);
        return image.Encode(SKEncodedImageFormat.Jpeg, 95).ToArray();
    }

    /// <summary>Three red cats and two blue dogs to learn from, one of each to test.</summary>
    public static Dictionary<string, byte[]> Pets() => new()
    {
        ["test/dog/0.png"] = Png(SKColors.Blue),
        ["test/cat/0.png"] = Png(SKColors.Red),
        ["train/dog/1.png"] = Png(SKColors.Blue),
        ["train/dog/0.png"] = Png(SKColors.Blue),
        ["train/cat/0.png"] = Png(SKColors.Red),
        ["train/cat/2.png"] = Png(SKColors.Red),
        ["train/cat/1.png"] = Png(SKColors.Red),
        ["README.md"] = "about pets"u8.ToArray(),
    };

    public string WriteFolder(Dictionary<string, byte[]> files)
    {
        foreach (var (name, content) in files) File.WriteAllBytes(At(["images", .. name.Split('/')]), content);
        return Path.Combine(Folder, "images");
    }

    public string WriteArchive(Dictionary<string, byte[]> files, string name = "images.tar.gz", params string[] folders)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            foreach (string folder in folders) writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, folder));
            foreach (var (entry, content) in files) writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream(content) });
        }

        string path = At(name);
        File.WriteAllBytes(path, name.EndsWith("gz", StringComparison.Ordinal) ? Gzip(tar.ToArray()) : tar.ToArray());
        return path;
    }

    public static DatasetSpec Spec(string format, string? path = null) => new() { Format = format, Path = path, Validation = 2 };

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
