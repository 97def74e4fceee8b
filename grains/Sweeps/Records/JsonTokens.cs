using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Distributed.Sweeps;

/// <summary>The next token of some JSON, if it is what is asked for.</summary>
internal static class JsonTokens
{
    /// <summary>Goes on to the next member of the object; false at its end.</summary>
    public static bool NextMember(this ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    /// <summary>An object begins.</summary>
    public static bool TryBegin(this ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.StartObject;

    /// <summary>A number.</summary>
    public static bool TryNumber(this ref Utf8JsonReader json, out double value)
    {
        value = double.NaN;
        return json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetDouble(out value) && double.IsFinite(value);
    }

    /// <summary>A whole number of at least 0.</summary>
    public static bool TryInt(this ref Utf8JsonReader json, out int value)
    {
        value = -1;
        return json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt32(out value) && value >= 0;
    }

    /// <summary>A whole number of at least 0.</summary>
    public static bool TryLong(this ref Utf8JsonReader json, out long value)
    {
        value = -1;
        return json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out value) && value >= 0;
    }

    /// <summary>A time.</summary>
    public static bool TryTime(this ref Utf8JsonReader json, out DateTimeOffset value)
    {
        value = default;
        return json.Read() && json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out value);
    }

    /// <summary>A text.</summary>
    public static bool TryText(this ref Utf8JsonReader json, [NotNullWhen(true)] out string? value)
    {
        value = json.Read() && json.TokenType == JsonTokenType.String ? SharedTexts.Of(ref json) : null;
        return value is not null;
    }

    /// <summary>True or false; null for anything else.</summary>
    public static bool? Truth(this ref Utf8JsonReader json) => !json.Read() ? null : json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };
}
