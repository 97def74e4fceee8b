using System.Text.Json;
using System.Text.Json.Serialization;

namespace Distributed.Dashboard;

/// <summary>Figures as the browser reads them.</summary>
internal static class FigureJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Plotly breaks a line where a number is missing.
        Converters = { new FiniteOrNull() },
    };

    /// <summary>{"data": […], "layout": {…}} in UTF-8.</summary>
    public static byte[] Write(Figure figure) =>
        JsonSerializer.SerializeToUtf8Bytes(new { data = figure.Data.Cast<object>(), layout = figure.Layout }, Options);

    private sealed class FiniteOrNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }
}
