using System.Text.Json.Nodes;
using Distributed.Client.SweepFiles;

namespace Distributed.Client.Tests.SweepFiles;

/// <summary>Writes parameters, conditions and constraints as a sweep file holds them: short where there is no condition.</summary>
internal static class SpaceYaml
{
    public static JsonNode Of(Parameter parameter)
    {
        if (parameter is Parameter.Fixed { When: null } one) return Of(one.Value);
        if (parameter is Parameter.Categorical { When: null } choice) return Names(choice.Choices);
        var node = Mapping(parameter);
        if (parameter.When is { } when) node["when"] = new JsonObject { [when.Parameter] = Of(when) };
        return node;
    }

    public static JsonObject Of(WarmStartSpec warm)
    {
        JsonObject node = [];
        if (warm.Candidates.Count > 0)
            node["candidates"] = new JsonArray([.. warm.Candidates.Select(one => new JsonObject(one.Values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Of(pair.Value)))))]);
        if (warm.Sweep is { } sweep) node["sweep"] = sweep.Value;
        return node;
    }

    public static JsonNode Of(SpaceConstraint constraint)
    {
        switch (constraint)
        {
            case SpaceConstraint.Linear linear:
                JsonObject sum = new()
                {
                    ["sum"] = linear.Terms.All(term => term.Weight == 1)
                    ? Names(linear.Names)
                    : new JsonObject(linear.Terms.Select(term => KeyValuePair.Create(term.Parameter, (JsonNode?)term.Weight)))
                };
                if (linear.AtMost is { } most) sum["at-most"] = most;
                if (linear.AtLeast is { } least) sum["at-least"] = least;
                return sum;
            case SpaceConstraint.Ascending ascending:
                return new JsonObject { ["ascending"] = Names(ascending.Parameters) };
            default:
                return new JsonObject { ["forbid"] = new JsonObject(((SpaceConstraint.Forbidden)constraint).Together.Select(one => KeyValuePair.Create(one.Parameter, (JsonNode?)Of(one)))) };
        }
    }

    private static JsonObject Mapping(Parameter parameter) => parameter switch
    {
        Parameter.Real { PerFamily: true } real => new() { ["real"] = new JsonArray(real.Low, real.High), ["scale"] = Vocabulary.NameOf(real.Scale), ["per"] = "family" },
        Parameter.Real real => new() { ["real"] = new JsonArray(real.Low, real.High), ["scale"] = Vocabulary.NameOf(real.Scale) },
        Parameter.Integer integer => new() { ["integer"] = new JsonArray(integer.Low, integer.High), ["step"] = integer.Step, ["scale"] = Vocabulary.NameOf(integer.Scale) },
        Parameter.Ordinal ordinal => new() { ["ordinal"] = new JsonArray([.. ordinal.Levels.Select(Of)]) },
        Parameter.Categorical choice => new() { ["choice"] = Names(choice.Choices) },
        Parameter.Fixed one => new() { ["fixed"] = Of(one.Value) },
        _ => throw new ArgumentOutOfRangeException(nameof(parameter)),
    };

    /// <summary>One value stands bare, several as a list, a range as a mapping.</summary>
    private static JsonNode Of(Condition condition)
    {
        if (condition.Values is [var one]) return Of(one);
        if (condition.Values is { } values) return new JsonArray([.. values.Select(Of)]);
        JsonObject range = [];
        if (condition.AtLeast is { } least) range["at-least"] = least;
        if (condition.AtMost is { } most) range["at-most"] = most;
        return range;
    }

    private static JsonNode Of(ParameterValue value) => value is ParameterValue.Number number ? JsonValue.Create(number.Value) : JsonValue.Create(value.ToString()!);

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => JsonValue.Create(name))]);
}
