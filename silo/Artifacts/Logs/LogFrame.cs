using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>One record in a segment: a head of 16 bytes, then the entry as a line of JSON. Or a fence, which a new owner puts there.</summary>
/// <remarks>
/// <code>
/// head   0  u32  length of the line in bytes        all numbers little-endian
///        4  u32  records of the same Append that follow this one; 2³² − 1 says that this is a fence
///        8  u32  CRC-32C of the eight bytes before
///       12  u32  CRC-32C of the line
/// line  16  UTF-8 JSON of the LogEntry, or of the owner's number and name, then '\n'
/// </code>
/// The head has a checksum of its own: a damaged length must not pass for a record that was cut short.
/// </remarks>
internal static class LogFrame
{
    public const int HeadBytes = 16;
    public const int LineBytesLimit = 1 << 26;
    private const uint FenceMark = uint.MaxValue;

    /// <summary>Appends the frame of one entry.</summary>
    public static void Write(IBufferWriter<byte> bytes, LogEntry entry, int following)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(entry, SweepJson.Options), (byte)'\n'];
        if (line.Length > LineBytesLimit)
        {
            string message = Invariant($"Record {entry.Position} has {line.Length} bytes; a log takes {LineBytesLimit} at most.");
            throw new ArgumentException(message, nameof(entry));
        }

        Write(bytes, line, (uint)following);
    }

    /// <summary>Appends the fence of a new owner.</summary>
    public static void WriteFence(IBufferWriter<byte> bytes, LogOwner owner) =>
        Write(bytes, [.. JsonSerializer.SerializeToUtf8Bytes(owner, SweepJson.Options), (byte)'\n'], FenceMark);

    /// <summary>The number of the owner that a fence's line names.</summary>
    public static long Owner(ReadOnlySpan<byte> line) => JsonSerializer.Deserialize<LogOwner>(line, SweepJson.Options)?.Epoch ?? 0;

    /// <summary>What stands at the start of some bytes.</summary>
    public static Reading Read(ReadOnlySpan<byte> bytes, out int lineBytes, out int following)
    {
        (lineBytes, following) = (0, 0);
        if (bytes.Length < HeadBytes) return Reading.Short;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != Checksum(bytes[..8])) return Reading.BadHead;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        uint after = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        bool isFence = after == FenceMark;
        if (length > LineBytesLimit || (!isFence && after > LogSegment.RecordsLimit)) return Reading.BadHead;
        (lineBytes, following) = ((int)length, isFence ? 0 : (int)after);
        if (bytes.Length < HeadBytes + lineBytes) return Reading.Short;
        bool whole = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) == Checksum(bytes.Slice(HeadBytes, lineBytes));
        return !whole ? Reading.BadLine : isFence ? Reading.Fence : Reading.Whole;
    }

    private static void Write(IBufferWriter<byte> bytes, byte[] line, uint following)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(head, (uint)line.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], following);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Checksum(head[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(head[12..], Checksum(line));
        bytes.Write(head);
        bytes.Write(line);
    }

    /// <summary>CRC-32C (Castagnoli), as in iSCSI, RFC 3720 B.4.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    /// <summary>What was found where a frame should be.</summary>
    internal enum Reading
    {
        /// <summary>A record.</summary>
        Whole,

        /// <summary>A fence.</summary>
        Fence,

        /// <summary>The bytes end before the frame does.</summary>
        Short,

        /// <summary>The head is not what was written.</summary>
        BadHead,

        /// <summary>The head is, the line is not.</summary>
        BadLine,
    }
}
