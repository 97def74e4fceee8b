using System.Text.Json;
using System.Text.Json.Serialization;

namespace Distributed.Sweeps;

/// <summary>Writes a sweep's name as a bare JSON string.</summary>
internal sealed class SweepIdConverter : JsonConverter<SweepId>
{
    public override SweepId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return new(reader.GetString()!);
        }
        catch (Exception error) when (error is InvalidInputException or InvalidOperationException or ArgumentNullException)
        {
            throw new JsonException(error.Message, error);
        }
    }

    public override void Write(Utf8JsonWriter writer, SweepId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>Writes an artifact's name as a bare JSON string.</summary>
internal sealed class ArtifactNameConverter : JsonConverter<ArtifactName>
{
    public override ArtifactName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return new(reader.GetString()!);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new JsonException(error.Message, error);
        }
    }

    public override void Write(Utf8JsonWriter writer, ArtifactName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>Writes a trial's number as a bare JSON number.</summary>
internal sealed class TrialIdConverter : JsonConverter<TrialId>
{
    public override TrialId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number) && number >= 0
            ? new(number)
            : throw new JsonException("A trial is a whole number of at least 0.");

    public override void Write(Utf8JsonWriter writer, TrialId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Number);
}
