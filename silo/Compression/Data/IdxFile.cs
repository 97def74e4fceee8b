using System.Buffers.Binary;
using System.IO.Compression;
using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>One IDX file of unsigned bytes: 00 00 08 D, then D big-endian sizes, then the elements (Y. LeCun, "THE IDX FILE FORMAT").</summary>
/// <param name="Count">The first size: items.</param>
/// <param name="Height">The second size; 1 where there is none.</param>
/// <param name="Width">The third size; 1 where there is none.</param>
/// <param name="Data">Count × Height × Width bytes.</param>
internal sealed record IdxFile(int Count, int Height, int Width, byte[] Data)
{
    private const int BlockBytes = 1 << 20;
    private const string Damaged = "The file is cut short or damaged: download it again.";

    /// <summary>Where the elements start.</summary>
    public static int HeaderBytes(int dimensions) => 4 + (4 * dimensions);

    /// <summary>Reads a file, unpacking it when its name ends in .gz. Offsets in errors count unpacked bytes.</summary>
    /// <exception cref="InvalidInputException">It cannot be read, is not IDX, or is shorter or longer than its sizes say.</exception>
    public static IdxFile Read(string path, int dimensions)
    {
        try
        {
            using var file = File.OpenRead(path);
            using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
            return Parse(path, stream, dimensions);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(path, $"it cannot be read ({error.GetType().Name})", "Check that the file is there and may be read.", error);
        }
    }

    private static IdxFile Parse(string path, Stream stream, int dimensions)
    {
        byte[] header = new byte[HeaderBytes(dimensions)];
        int read = Fill(path, stream, header, 0);
        uint magic = read < 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(header);
        if (read >= 4 && magic != 0x0800 + (uint)dimensions)
        {
            throw new InvalidInputException(
                $"{path}, offset 0", $"the magic number is 0x{magic:x8} and not 0x{0x0800 + dimensions:x8}", $"Give an IDX file of unsigned bytes with {dimensions} dimension{(dimensions == 1 ? "" : "s")}.");
        }

        if (read < header.Length) throw new InvalidInputException($"{path}, offset {read}", $"the header of {header.Length} bytes ends here", Damaged);
        int[] sizes = [.. Enumerable.Range(1, dimensions).Select(i => Size(path, header, 4 * i)), 1, 1];
        return new(sizes[0], sizes[1], sizes[2], Elements(path, stream, header.Length, (long)sizes[0] * sizes[1] * sizes[2]));
    }

    private static int Size(string path, byte[] header, int offset)
    {
        uint size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(offset));
        return size is > 0 and < 100_000_000
            ? (int)size
            : throw new InvalidInputException($"{path}, offset {offset}", $"the size {size} is not between 1 and 99,999,999", Damaged);
    }

    private static byte[] Elements(string path, Stream stream, int start, long length)
    {
        if (length > Array.MaxLength) throw new InvalidInputException($"{path}, offset 4", $"the sizes ask for {length} bytes", Damaged);
        byte[] data = new byte[length];
        int read = Fill(path, stream, data, start);
        if (read < length) throw new InvalidInputException($"{path}, offset {start + read}", $"the file ends here, {length - read} bytes early", Damaged);
        if (stream.ReadByte() >= 0) throw new InvalidInputException($"{path}, offset {start + length}", "the file goes on after its last element", Damaged);
        return data;
    }

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    private static int Fill(string path, Stream stream, byte[] buffer, int start)
    {
        int read = 0;
        try
        {
            while (read < buffer.Length && stream.Read(buffer, read, Math.Min(BlockBytes, buffer.Length - read)) is > 0 and var more)
            {
                read += more;
                Pulse.Beat();
            }

            return read;
        }
        catch (InvalidDataException error)
        {
            throw new InvalidInputException($"{path}, offset {start + read}", "the gzip data are broken from about here", Damaged, error);
        }
    }
}
