using System.Buffers.Binary;

namespace Distributed.Artifacts;

/// <summary>The first bytes of a segment.</summary>
/// <remarks>
/// <code>
///  0  "SWEEPLOG"
///  8  u32  version of the format: 1             all numbers little-endian
/// 12  i64  position of the first record; the file's name says it too
/// 20  u32  CRC-32C of the twenty bytes before
/// </code>
/// </remarks>
internal static class SegmentHead
{
    public const int Length = 24;
    public const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "SWEEPLOG"u8;

    public static byte[] Of(long first)
    {
        byte[] head = new byte[Length];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(12), first);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(20), LogFrame.Checksum(head.AsSpan(0, 20)));
        return head;
    }

    /// <summary>The version that a whole head tells; null when the bytes do not start with one.</summary>
    public static long? VersionOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Length && bytes.StartsWith(Magic)
        && LogFrame.Checksum(bytes[..20]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..])
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) : null;
}
