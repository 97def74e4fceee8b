using System.Buffers.Binary;
using System.Text.Json;

namespace Distributed.Silo.Executors;

/// <summary>Messages as frames: the length in 4 bytes, little-endian, then so many bytes of UTF-8 JSON.</summary>
internal static class Frames
{
    private const int Longest = 1 << 28;

    /// <summary>Writes one frame and flushes. Callers take turns.</summary>
    public static async Task Write<T>(Stream stream, T message, CancellationToken cancellation = default)
    {
        byte[] frame = Encode(message);
        await stream.WriteAsync(frame, cancellation);
        await stream.FlushAsync(cancellation);
    }

    /// <summary>The same, blocking.</summary>
    public static void WriteNow<T>(Stream stream, T message)
    {
        stream.Write(Encode(message));
        stream.Flush();
    }

    /// <summary>The next message, or null at the end of the stream; a frame that the end cuts off is no message. Blocks.</summary>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public static T? ReadNow<T>(Stream stream)
        where T : class
    {
        byte[] head = new byte[sizeof(int)];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length) return null;
        byte[] body = new byte[Length(head)];
        if (stream.ReadAtLeast(body, body.Length, throwOnEndOfStream: false) < body.Length) return null;
        return Decode<T>(body);
    }

    private static int Length(byte[] head)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        return length is > 0 and <= Longest ? length : throw new InvalidDataException(Invariant($"A frame of {length} bytes is no message."));
    }

    private static byte[] Encode<T>(T message)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(message, SweepJson.Options);
        byte[] frame = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        body.CopyTo(frame, sizeof(int));
        return frame;
    }

    private static T Decode<T>(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, SweepJson.Options) ?? throw new InvalidDataException("A frame holds null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"A frame is no {typeof(T).Name}: {e.Message}", e);
        }
    }
}
