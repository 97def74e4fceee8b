using System.Text.Json;
using System.Text.Json.Serialization;

namespace Distributed.Sweeps;

/// <summary>Writes a value as a bare JSON number or string.</summary>
internal sealed class ParameterValueConverter : JsonConverter<ParameterValue>
{
    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => new ParameterValue.Number(reader.GetDouble()),
        JsonTokenType.String => new ParameterValue.Choice(reader.GetString()!),
        _ => throw new JsonException($"A parameter's value is a number or a string, not {reader.TokenType}."),
    };

    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
    {
        if (value is ParameterValue.Number number) writer.WriteNumberValue(number.Value);
        else writer.WriteStringValue(((ParameterValue.Choice)value).Name);
    }
}
