using System.Buffers.Binary;
using System.Text;

namespace Distributed.Artifacts.Tests;

/// <summary>Frames built by hand from the format's description, not by the code under test.</summary>
internal static class Frames
{
    public static byte[] Of(string line, uint following = 0)
    {
        byte[] text = Encoding.UTF8.GetBytes(line);
        byte[] frame = new byte[16 + text.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)text.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), following);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), Castagnoli(frame.AsSpan(0, 8)));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(12), Castagnoli(text));
        text.CopyTo(frame, 16);
        return frame;
    }

    /// <summary>CRC-32C bit by bit, reflected polynomial 0x82F63B78.</summary>
    private static uint Castagnoli(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }

        return ~crc;
    }
}
