using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>A note as it lies beside a log: one line of JSON that proves itself. Whatever is wrong with it, there is none.</summary>
/// <param name="Next">See <see cref="LogNote.Next"/>.</param>
/// <param name="Mark">The last segment and its length when it was noted: while both are the same, nothing was appended.</param>
/// <param name="Text">See <see cref="LogNote.Text"/>.</param>
/// <param name="Sha256">Of the three.</param>
internal sealed record StoredNote(long Next, string Mark, string Text, string Sha256)
{
    /// <summary>The bytes of a note.</summary>
    public static byte[] Write(LogNote note, string mark) =>
        JsonSerializer.SerializeToUtf8Bytes(new StoredNote(note.Next, mark, note.Text, Hash(note.Next, mark, note.Text)), SweepJson.Options);

    /// <summary>The note that some bytes are; null when they are none.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="mark">The log's mark now; null without a segment.</param>
    public static NotedLog? Read(ReadOnlySpan<byte> bytes, string? mark)
    {
        try
        {
            return JsonSerializer.Deserialize<StoredNote>(bytes, SweepJson.Options) is { Next: > 0, Mark: not null, Text: not null } note && note.Sha256 == Hash(note.Next, note.Mark, note.Text)
                ? new(new(note.Next, note.Text), note.Mark == mark)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The mark of a log that ends in a segment.</summary>
    public static string MarkOf(string segment, long bytes) => Invariant($"{segment} {bytes}");

    private static string Hash(long next, string mark, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Invariant($"{next}\n{mark}\n{text}"))));
}
