namespace Distributed.Search;

/// <summary>Whether a parameter holds what a trial understands (<see cref="CandidateParameter.All"/>).</summary>
internal static class ParameterRules
{
    /// <exception cref="InvalidInputException">A value is out of its range or of another kind.</exception>
    public static void Check(Parameter parameter, IReadOnlyCollection<string> criteria)
    {
        if (CandidateParameter.Find(parameter.Name) is not { } rule) return;
        if (rule.Range is { } range) CheckNumbers(parameter, rule, range);
        else CheckChoices(parameter, rule.Name == ParameterNames.Criterion ? criteria : rule.Choices);
    }

    private static void CheckNumbers(Parameter parameter, CandidateParameter rule, NumberRange range)
    {
        (string Key, double Value)[] given = parameter switch
        {
            Parameter.Real real => [("low", real.Low), ("high", real.High)],
            Parameter.Integer integer => [("low", integer.Low), ("high", integer.High)],
            Parameter.Fixed { Value: ParameterValue.Number number } => [("value", number.Value)],
            Parameter.Ordinal { Levels: var levels } when levels.All(level => level is ParameterValue.Number) =>
                [.. levels.Select(level => ("levels", ((ParameterValue.Number)level).Value))],
            _ => throw SpaceValidation.Error(parameter, "", "it is a number", "Give it a range of numbers, or one number."),
        };
        bool whole = !rule.Forms.HasFlag(Numbers.Real);
        if (whole && parameter is Parameter.Real)
            throw SpaceValidation.Error(parameter, "", "it takes whole numbers", "Make it an integer parameter.");
        foreach ((string key, double value) in given)
        {
            if (!range.Holds(value) || (whole && value != Math.Floor(value)))
                throw SpaceValidation.Error(parameter, key, Invariant($"it is {value}"), $"Give a {(whole ? "whole " : "")}number, {range}.");
        }
    }

    private static void CheckChoices(Parameter parameter, IReadOnlyCollection<string> names)
    {
        (string key, IReadOnlyList<string> given) = parameter switch
        {
            Parameter.Categorical categorical => ("choices", categorical.Choices),
            Parameter.Fixed { Value: ParameterValue.Choice choice } => ("value", [choice.Name]),
            Parameter.Ordinal { Levels: var levels } when levels.All(level => level is ParameterValue.Choice) =>
                ("levels", [.. levels.Select(level => level.ToString()!)]),
            _ => throw SpaceValidation.Error(parameter, "", "it is a name", $"Choose from: {string.Join(", ", names)}."),
        };
        foreach (string name in given)
        {
            if (!names.Contains(name)) throw SpaceValidation.Error(parameter, key, $"'{name}' is not known", ClosestName.Remedy(name, names));
        }
    }
}
