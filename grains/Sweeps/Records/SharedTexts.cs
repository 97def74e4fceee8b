using System.Text;
using System.Text.Json;

namespace Distributed.Sweeps;

/// <summary>Short texts that come again and again, such as the names of parameters and slots, each kept once. Thread safe.</summary>
internal static class SharedTexts
{
    private const int LongestKept = 32;
    private static readonly string?[] Kept = new string?[1 << 12];

    /// <summary>The text of a token: a string or a member's name.</summary>
    public static string Of(ref Utf8JsonReader json)
    {
        if (json.HasValueSequence || json.ValueIsEscaped || json.ValueSpan.Length > LongestKept) return json.GetString()!;
        // Threads that find the same place free may each fill it: the text is the same.
        ref string? kept = ref Kept[Place(json.ValueSpan)];
        if (kept is { } text && Ascii.Equals(json.ValueSpan, text)) return text;
        return kept = json.GetString()!;
    }

    /// <summary>FNV-1a of the bytes.</summary>
    private static int Place(ReadOnlySpan<byte> bytes)
    {
        uint hash = 2166136261;
        foreach (byte value in bytes) hash = (hash ^ value) * 16777619;
        return (int)((hash ^ (hash >> 16)) & (uint)(Kept.Length - 1));
    }
}
