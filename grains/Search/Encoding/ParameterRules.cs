namespace Distributed.Search;

/// <summary>What the parameters with a meaning may hold (<see cref="ParameterNames"/>).</summary>
internal static class ParameterRules
{
    private static readonly string[] Rankings = ["local", "global"];

    /// <exception cref="InvalidInputException">A value is out of its range or of another kind.</exception>
    public static void Check(Parameter parameter, IReadOnlyCollection<string> criteria)
    {
        switch (parameter.Name.Split('/', 2)[0])
        {
            case ParameterNames.Ratio:
                CheckNumbers(parameter, value => value is >= 0 and < 1, "in [0, 1)");
                break;
            case ParameterNames.Steps:
                CheckNumbers(parameter, value => value >= 1 && value == Math.Floor(value), "a whole number of at least 1");
                if (parameter is Parameter.Real)
                    throw SpaceValidation.Error(parameter, "", "pruning steps are whole numbers", "Make it an integer parameter.");
                break;
            case ParameterNames.Epochs or ParameterNames.WeightDecay:
                CheckNumbers(parameter, value => value >= 0, "at least 0");
                break;
            case ParameterNames.LearningRate:
                CheckNumbers(parameter, value => value > 0, "above 0");
                break;
            case ParameterNames.Criterion:
                CheckChoices(parameter, criteria);
                break;
            case ParameterNames.Ranking:
                CheckChoices(parameter, Rankings);
                break;
        }
    }

    private static void CheckNumbers(Parameter parameter, Func<double, bool> allowed, string range)
    {
        (string Key, double Value)[] given = parameter switch
        {
            Parameter.Real real => [("low", real.Low), ("high", real.High)],
            Parameter.Integer integer => [("low", integer.Low), ("high", integer.High)],
            Parameter.Fixed { Value: ParameterValue.Number number } => [("value", number.Value)],
            _ => throw SpaceValidation.Error(parameter, "", "it is a number", "Give it a range of numbers, or one number."),
        };
        foreach ((string key, double value) in given)
        {
            if (!allowed(value)) throw SpaceValidation.Error(parameter, key, Invariant($"it is {value}"), $"Give a number {range}.");
        }
    }

    private static void CheckChoices(Parameter parameter, IReadOnlyCollection<string> names)
    {
        (string Key, IReadOnlyList<string> Given) = parameter switch
        {
            Parameter.Categorical categorical => ("choices", categorical.Choices),
            Parameter.Fixed { Value: ParameterValue.Choice choice } => ("value", [choice.Name]),
            _ => throw SpaceValidation.Error(parameter, "", "it is a name", $"Choose from: {string.Join(", ", names)}."),
        };
        foreach (string name in Given)
        {
            if (!names.Contains(name)) throw SpaceValidation.Error(parameter, Key, $"'{name}' is not known", ClosestName.Remedy(name, names));
        }
    }
}
