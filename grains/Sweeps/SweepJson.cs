using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Distributed.Sweeps;

/// <summary>The one JSON form of our words: camelCase names, kebab-case enums, nothing that is null. Used by logs, plans, lineages and the wire to executors.</summary>
public static class SweepJson
{
    /// <summary>The options; read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>One line of JSON.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>The value that <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a value.</exception>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("The text is null.");

    /// <summary>An entry of a log from its line, as <see cref="Write"/> wrote it; null when the line is "null".</summary>
    /// <exception cref="JsonException">The line holds no entry.</exception>
    public static LogEntry? ReadEntry(ReadOnlySpan<byte> line) => KnownEntries.Read(line) ?? JsonSerializer.Deserialize<LogEntry>(line, Options);

    /// <summary>SHA-256 of <see cref="Write"/>'s text, lower-case hexadecimal.</summary>
    public static string Hash<T>(T value) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value, Options)));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
