using System.Text.Json.Nodes;

namespace Distributed.Client.Tests.SweepFiles;

/// <summary>The part of the published schema that follows from <see cref="CandidateParameter.All"/>.</summary>
internal static class SpaceSchema
{
    /// <summary>"properties" and "patternProperties" of "space".</summary>
    public static (JsonObject Properties, JsonObject Patterns) Write() => (
        new(CandidateParameter.All.Select(parameter => KeyValuePair.Create(parameter.Name, (JsonNode?)One(parameter)))),
        new(CandidateParameter.All.Where(parameter => parameter.MayBePerFamily)
            .Select(parameter => KeyValuePair.Create($"^{parameter.Name}\\x2F.+$", (JsonNode?)OfFamily(parameter)))));

    private static JsonObject One(CandidateParameter parameter)
    {
        string title = parameter.Name.Replace('-', ' ');
        var schema = Described(char.ToUpperInvariant(title[0]) + title[1..], parameter.About);
        schema["oneOf"] = new JsonArray([.. Forms(parameter, parameter.MayBePerFamily)]);
        if (parameter.Default is ParameterValue.Number number) schema["default"] = number.Value;
        if (parameter.Default is ParameterValue.Choice choice) schema["default"] = choice.Name;
        return schema;
    }

    private static JsonObject OfFamily(CandidateParameter parameter)
    {
        var schema = Described($"{char.ToUpperInvariant(parameter.Name[0])}{parameter.Name[1..]} of one family", $"The {parameter.Name} of one family's channels; 'model inspect' lists the families.");
        schema["oneOf"] = new JsonArray([.. Forms(parameter, perFamily: false)]);
        return schema;
    }

    private static IEnumerable<JsonNode> Forms(CandidateParameter parameter, bool perFamily)
    {
        if (parameter.Range is not { } range)
        {
            yield return Merge(Described("Fixed", "A name that does not vary."), Name(parameter));
            yield return Merge(Described("Choice", "At least two names; each candidate has one of them."), new()
            {
                ["type"] = "array",
                ["items"] = Name(parameter),
                ["minItems"] = 2,
                ["uniqueItems"] = true,
            });
            yield break;
        }

        yield return Merge(Described("Fixed", "A number that does not vary."), Number(range, whole: !parameter.Forms.HasFlag(Numbers.Real)));
        if (parameter.Forms.HasFlag(Numbers.Real)) yield return Range("real", "Real range", "A real number in a range.", Number(range, whole: false), perFamily);
        if (parameter.Forms.HasFlag(Numbers.Whole)) yield return Range("integer", "Integer range", "A whole number in a range.", Number(range, whole: true), perFamily);
    }

    private static JsonObject Range(string key, string title, string about, JsonObject number, bool perFamily)
    {
        JsonObject properties = new()
        {
            [key] = Merge(Described(title, "[low, high], both inclusive, low below high."), new() { ["type"] = "array", ["items"] = number, ["minItems"] = 2, ["maxItems"] = 2 }),
        };
        if (key == "integer")
            properties["step"] = Merge(Described("Step", "Distance between the values."), new() { ["type"] = "integer", ["minimum"] = 1, ["default"] = 1 });
        properties["scale"] = Merge(
            Described("Scale", "How the range is walked; log needs a low end above 0."), new() { ["type"] = "string", ["enum"] = new JsonArray("linear", "log"), ["default"] = "linear" });
        if (perFamily)
            properties["per"] = Merge(Described("Per", "family: every family of channels gets one of its own."), new() { ["type"] = "string", ["enum"] = new JsonArray("family") });
        return Merge(Described(title, about), new() { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties, ["required"] = new JsonArray(key) });
    }

    private static JsonObject Number(NumberRange range, bool whole)
    {
        JsonObject number = new() { ["type"] = whole ? "integer" : "number" };
        if (double.IsFinite(range.Low)) number[range.LowOpen ? "exclusiveMinimum" : "minimum"] = range.Low;
        if (double.IsFinite(range.High)) number[range.HighOpen ? "exclusiveMaximum" : "maximum"] = range.High;
        return number;
    }

    private static JsonObject Name(CandidateParameter parameter) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. parameter.Choices.Select(choice => JsonValue.Create(choice))]) };

    private static JsonObject Described(string title, string about) => new() { ["title"] = title, ["description"] = about };

    private static JsonObject Merge(JsonObject first, JsonObject second)
    {
        foreach (var (key, value) in second) first[key] = value?.DeepClone();
        return first;
    }
}
