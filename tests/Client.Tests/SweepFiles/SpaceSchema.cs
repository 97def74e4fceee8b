using System.Text.Json.Nodes;
using Vocabulary = Distributed.Client.SweepFiles.Vocabulary;

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
        bool real = parameter.Forms.HasFlag(Numbers.Real);
        bool whole = parameter.Forms.HasFlag(Numbers.Whole);
        var value = parameter.Range is { } range ? Number(range, whole: !real) : Name(parameter);
        string kind = parameter.Range is null ? "name" : "number";
        yield return Merge(Described("Fixed", $"A {kind} that does not vary."), value);
        if (parameter.Range is null) yield return Merge(Described("Choice", "At least two names; each candidate has one of them."), Several(value));
        if (real) yield return Range("real", "Real range", "A real number in a range.", Number(parameter.Range!.Value, whole: false), perFamily);
        if (whole) yield return Range("integer", "Integer range", "A whole number in a range.", Number(parameter.Range!.Value, whole: true), perFamily: false);
        yield return Mapping("ordinal", "Levels", $"One of several {kind}s in an order, in which nearness means something; numbers ascending.", Several(value));
        if (parameter.Range is null) yield return Mapping("choice", "Choice in full", "One of several names without an order.", Several(value));
        yield return Mapping("fixed", "Fixed in full", $"A {kind} that does not vary.", value);
    }

    private static JsonObject Several(JsonObject value) =>
        new() { ["type"] = "array", ["items"] = value.DeepClone(), ["minItems"] = 2, ["uniqueItems"] = true };

    private static JsonObject Range(string key, string title, string about, JsonObject number, bool perFamily)
    {
        List<(string, JsonObject)> more = [];
        if (key == "integer") more.Add(("step", Merge(Described("Step", "Distance between the values."), new() { ["type"] = "integer", ["minimum"] = 1, ["default"] = 1 })));
        var scales = key == "integer" ? Vocabulary.IntegerScales : Vocabulary.Scales;
        more.Add(("scale", Merge(
            Described("Scale", key == "integer" ? "How the range is walked; log needs a low end above 0." : "How the range is walked; log needs a low end above 0, logit both ends inside (0, 1)."),
            new() { ["type"] = "string", ["enum"] = new JsonArray([.. scales.Select(scale => JsonValue.Create(scale))]), ["default"] = "linear" })));
        if (perFamily) more.Add(("per", Merge(Described("Per", "family: every family of channels gets one of its own."), new() { ["type"] = "string", ["enum"] = new JsonArray("family") })));
        return Mapping(key, title, about, new() { ["type"] = "array", ["items"] = number, ["minItems"] = 2, ["maxItems"] = 2 }, [.. more]);
    }

    private static JsonObject Mapping(string key, string title, string about, JsonObject value, params (string Key, JsonObject Schema)[] more)
    {
        string told = key is "real" or "integer" ? "[low, high], both inclusive, low below high." : about;
        JsonObject properties = new() { [key] = Merge(Described(title, told), value) };
        foreach (var (name, schema) in more) properties[name] = schema;
        properties["when"] = Merge(
            Described("When", "When the parameter takes part; else a trial takes its default. One other parameter, with a value, a list of values or a range."),
            new() { ["$ref"] = "#/$defs/condition", ["maxProperties"] = 1 });
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
