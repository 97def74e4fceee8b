namespace Distributed.Search;

/// <summary>Says what is wrong with a search space before anything is run.</summary>
public static class SpaceValidation
{
    /// <summary>Checks a space as the user gave it, per-family parameters not yet expanded.</summary>
    /// <param name="space">The space.</param>
    /// <param name="criteria">The importance criteria that a trial knows.</param>
    /// <exception cref="InvalidInputException">Something is wrong; the place is the parameter's path: "space.ratio.high".</exception>
    public static void Check(SearchSpace space, IReadOnlyCollection<string> criteria)
    {
        if (space.Parameters.Count == 0) throw new InvalidInputException("space", "it has no parameters", "Give at least 'ratio'.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in space.Parameters)
        {
            if (!names.Add(parameter.Name)) throw Error(parameter, "", "the name stands twice", "Keep one of the two.");
            CheckName(parameter);
            CheckForm(parameter);
            ParameterRules.Check(parameter, criteria);
        }

        if (space.Parameters.All(parameter => parameter is Parameter.Fixed))
            throw new InvalidInputException("space", "nothing varies", "Give at least one parameter a range or choices.");
        CheckRanking(space);
        CheckTree(space);
    }

    /// <summary>Checks what can only be told once the families are known: names of families, and constraints over all of their ratios.</summary>
    /// <param name="space">The space, expanded, that passed <see cref="Check"/> before.</param>
    /// <exception cref="InvalidInputException">A name is not there, or no candidate keeps the constraints.</exception>
    public static void CheckExpanded(SearchSpace space) => CheckTree(space);

    private static void CheckTree(SearchSpace space)
    {
        if (SpaceFaults.Of(space) is [var fault, ..]) throw new InvalidInputException(fault.Place, fault.Found, fault.Remedy);
        // What stands on ratios of families that are not known yet is tried when they are.
        var names = space.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var constraints = space.Constraints ?? [];
        var decided = constraints.Select((constraint, i) => (Constraint: constraint, Index: i)).Where(one => one.Constraint.Names.All(names.Contains)).ToList();
        if (decided.Count == 0 || Keepable(space, decided.Select(one => one.Constraint))) return;
        foreach ((var constraint, int index) in decided)
        {
            if (!Keepable(space, [constraint]))
                throw new InvalidInputException(Invariant($"space-constraints[{index}]"), "no candidate was found that keeps it", "Loosen it, or widen the ranges.");
        }

        throw new InvalidInputException(
            "space-constraints", "they contradict each other: no candidate was found that keeps all of them", "Loosen one of them, or widen the ranges.");
    }

    private static bool Keepable(SearchSpace space, IEnumerable<SpaceConstraint> constraints) =>
        new AllowedPoints(new(space with { Constraints = [.. constraints] })).Anchor is not null;

    internal static InvalidInputException Error(Parameter parameter, string key, string found, string remedy) =>
        new($"space.{parameter.Name}{(key.Length == 0 ? "" : ".")}{key}", found, remedy);

    private static void CheckName(Parameter parameter)
    {
        if (CandidateParameter.Find(parameter.Name) is not { } known)
            throw Error(parameter, "", $"'{parameter.Name}' is not a parameter", ClosestName.Remedy(parameter.Name, ParameterNames.All));
        if (parameter is Parameter.Real { PerFamily: true } && (!known.MayBePerFamily || parameter.Name != known.Name))
            throw Error(parameter, "perFamily", $"'{parameter.Name}' cannot be per family", "Remove 'perFamily'.");
    }

    private static void CheckForm(Parameter parameter)
    {
        switch (parameter)
        {
            case Parameter.Real real:
                CheckRange(real, real.Low, real.High, real.Scale);
                break;
            case Parameter.Integer integer:
                CheckRange(integer, integer.Low, integer.High, integer.Scale);
                if (integer.Step < 1) throw Error(integer, "step", Invariant($"it is {integer.Step}"), "Give a whole number of at least 1.");
                break;
            case Parameter.Categorical categorical:
                CheckChoices(categorical);
                break;
            case Parameter.Ordinal ordinal:
                CheckLevels(ordinal);
                break;
            case Parameter.Fixed { Value: ParameterValue.Number { Value: var value } } when !double.IsFinite(value):
                throw Error(parameter, "value", Invariant($"it is {value}"), "Give a finite number.");
        }
    }

    private static void CheckRange(Parameter parameter, double low, double high, Scale scale)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high))
            throw Error(parameter, double.IsFinite(low) ? "high" : "low", "it is not a finite number", "Give a finite number.");
        if (low >= high)
            throw Error(parameter, "low", Invariant($"{low} is not below 'high', which is {high}"), "Swap them, or fix the value instead.");
        if (scale == Scale.Logit && parameter is Parameter.Integer)
            throw Error(parameter, "scale", "a logit scale is for real numbers", "Use linear or log.");
        if (scale == Scale.Logit && (low <= 0 || high >= 1))
            throw Error(parameter, low <= 0 ? "low" : "high", Invariant($"a logit scale goes from {low} to {high}"), "Give ends inside (0, 1), or use the linear scale.");
        if (scale == Scale.Log && low <= 0)
            throw Error(parameter, "low", Invariant($"a log scale cannot start at {low}"), "Give a number above 0, or use the linear scale.");
    }

    private static void CheckChoices(Parameter.Categorical parameter)
    {
        if (parameter.Choices.Count < 2)
            throw Error(parameter, "choices", $"{parameter.Choices.Count} given", "Give at least two, or fix the value instead.");
        var twice = parameter.Choices.GroupBy(choice => choice, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw Error(parameter, "choices", $"'{twice.Key}' stands twice", "Keep it once.");
    }

    private static void CheckLevels(Parameter.Ordinal parameter)
    {
        if (parameter.Levels.Count < 2) throw Error(parameter, "levels", $"{parameter.Levels.Count} given", "Give at least two, or fix the value instead.");
        var twice = parameter.Levels.GroupBy(level => level).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw Error(parameter, "levels", $"'{twice.Key}' stands twice", "Keep it once.");
        double[] numbers = [.. parameter.Levels.OfType<ParameterValue.Number>().Select(level => level.Value)];
        if (numbers.Length > 0 && numbers.Length < parameter.Levels.Count) throw Error(parameter, "levels", "numbers and names are mixed", "Use one of the two.");
        if (numbers.Any(number => !double.IsFinite(number))) throw Error(parameter, "levels", "one is not a finite number", "Give finite numbers.");
        if (numbers.Zip(numbers.Skip(1)).Any(pair => pair.First > pair.Second)) throw Error(parameter, "levels", "the numbers are not in their order", "Write them ascending.");
    }

    /// <summary>Global ranking reads the one "ratio" only: with ratios per family it would prune nothing, silently.</summary>
    private static void CheckRanking(SearchSpace space)
    {
        bool oneRatio = space.Parameters.Any(parameter => parameter.Name == ParameterNames.Ratio && parameter is not Parameter.Real { PerFamily: true });
        var ranking = space.Parameters.FirstOrDefault(parameter => parameter.Name == ParameterNames.Ranking);
        bool global = ranking is Parameter.Categorical { Choices: var choices } && choices.Any(WidthAllocation.RanksAllFamilies)
            || ranking is Parameter.Ordinal { Levels: var levels } && levels.Any(level => WidthAllocation.RanksAllFamilies(level.ToString()!))
            || ranking is Parameter.Fixed { Value: ParameterValue.Choice { Name: var name } } && WidthAllocation.RanksAllFamilies(name);
        if (global && !oneRatio)
            throw Error(
                ranking!,
                "",
                "'global' and 'per-microsecond' rank by one ratio for all families, and the space has none",
                "Use 'local', or a 'ratio' that is not per family.");
    }
}
