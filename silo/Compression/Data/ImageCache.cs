using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>Decoded images of one dataset in one file, so that the next process reads them in a fraction of a second.</summary>
/// <remarks>
/// The file: 8 bytes "DIMAGES1", the header's length (4 bytes), the header (JSON), labels (4 bytes each) and pixels of train, then of test,
/// and the SHA-256 of all that. It is written beside its place and moved there, so that no reader sees a part; several processes may
/// write at once, the last one stays. Whatever cannot be read, was cut short or altered counts as absent and is written anew.
/// </remarks>
internal sealed class ImageCache(string folder, string fingerprint)
{
    private const int HashBytes = 32;
    private readonly string _path = Path.Combine(folder, $"images-{fingerprint[..32]}.bin");

    private sealed record Header(string Fingerprint, int Train, int Test, int Channels, int Height, int Width, IReadOnlyList<string> Classes);

    /// <summary>The images, or null where there are none or they cannot be trusted.</summary>
    public DatasetImages? TryRead()
    {
        if (!File.Exists(_path)) return null;
        try
        {
            using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20, FileOptions.SequentialScan);
            return Read(file);
        }
        catch (Exception error) when (error is IOException or System.Text.Json.JsonException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Keeps the images.</summary>
    /// <exception cref="IOException">The folder cannot be written, or the disk is full.</exception>
    public void Write(DatasetImages images)
    {
        Directory.CreateDirectory(folder);
        string partial = Invariant($"{_path}.{Environment.ProcessId}.{Guid.NewGuid():n}.part");
        try
        {
            using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write)) Write(file, images);
            File.Move(partial, _path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private DatasetImages? Read(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] start = Take(file, hash, Magic.Length + 4);
        if (!start.AsSpan(0, Magic.Length).SequenceEqual(Magic)) return null;
        int headerBytes = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(Magic.Length));
        if (headerBytes < 0 || headerBytes > file.Length) return null;
        var header = SweepJson.Read<Header>(System.Text.Encoding.UTF8.GetString(Take(file, hash, headerBytes)));
        if (header.Fingerprint != fingerprint) return null;
        long image = checked((long)header.Channels * header.Height * header.Width);
        long expected = checked(start.Length + headerBytes + ((header.Train + (long)header.Test) * (4 + image)) + HashBytes);
        if (file.Length != expected) return null;
        var images = new DatasetImages(Set(file, hash, header, header.Train, image), Set(file, hash, header, header.Test, image));
        byte[] stored = new byte[HashBytes];
        file.ReadExactly(stored);
        return stored.AsSpan().SequenceEqual(hash.GetHashAndReset()) ? images : null;
    }

    private void Write(FileStream file, DatasetImages images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (train, test) = images;
        var header = new Header(fingerprint, train.Count, test.Count, train.Channels, train.Height, train.Width, train.Classes);
        byte[] text = System.Text.Encoding.UTF8.GetBytes(SweepJson.Write(header));
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        foreach (byte[] part in new[] { Magic.ToArray(), length, text, Bytes(train.Labels), train.Pixels, Bytes(test.Labels), test.Pixels })
        {
            hash.AppendData(part);
            file.Write(part);
        }

        file.Write(hash.GetHashAndReset());
        file.Flush(flushToDisk: true);
    }

    private static ReadOnlySpan<byte> Magic => "DIMAGES1"u8;

    private static ImageSet Set(FileStream file, IncrementalHash hash, Header header, int count, long image)
    {
        int[] labels = MemoryMarshal.Cast<byte, int>(Take(file, hash, 4L * count)).ToArray();
        return new(Take(file, hash, count * image), labels, header.Channels, header.Height, header.Width, header.Classes);
    }

    private static byte[] Take(FileStream file, IncrementalHash hash, long count)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((int)count));
        file.ReadExactly(bytes);
        hash.AppendData(bytes);
        return bytes;
    }

    private static byte[] Bytes(int[] labels) => MemoryMarshal.AsBytes(labels.AsSpan()).ToArray();
}
