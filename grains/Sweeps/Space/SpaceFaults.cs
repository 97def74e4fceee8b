namespace Distributed.Sweeps;

/// <summary>Finds what is wrong with the conditions and constraints of a space, as far as it can be told without trying candidates.</summary>
/// <remarks>Before expansion a name such as "ratio/conv1" may be a family's that only the model knows; after it every name must be there.</remarks>
public static class SpaceFaults
{
    /// <summary>All faults, conditions first. Names of parameters are taken to be unique.</summary>
    public static IReadOnlyList<SpaceFault> Of(SearchSpace space)
    {
        var known = new KnownParameters(space);
        return [.. space.Parameters.SelectMany(parameter => OfCondition(parameter, space, known)), .. (space.Constraints ?? []).SelectMany((constraint, i) => ConstraintFaults.Of(constraint, i, known))];
    }

    /// <summary>What is wrong with a condition, or null.</summary>
    internal static (string Found, string Remedy)? Of(Condition condition, KnownParameters known)
    {
        if (condition.Values is null && condition.AtLeast is null && condition.AtMost is null)
            return ($"it asks nothing of '{condition.Parameter}'", "Give a value, a list of values, at-least or at-most.");
        if (known.Unknown(condition.Parameter) is { } remedy) return ($"there is no parameter '{condition.Parameter}'", remedy);
        return known.Find(condition.Parameter) is { } parent ? OfValues(condition, parent) ?? OfRange(condition, parent) : null;
    }

    private static IEnumerable<SpaceFault> OfCondition(Parameter parameter, SearchSpace space, KnownParameters known)
    {
        if (parameter.When is not { } when) yield break;
        if (ParentsFirst.Circle(space.Parameters) is { } circle && circle.Split(" → ").Contains(parameter.Name))
            yield return new(parameter.Name, null, $"it depends on itself: {circle}", "Let one of them always take part.");
        else if (Of(when, known) is var (found, remedy))
            yield return new(parameter.Name, null, found, remedy);
    }

    private static (string Found, string Remedy)? OfValues(Condition condition, Parameter parent)
    {
        if (condition.Values is not { } values) return null;
        if (values.Count == 0) return ($"it allows no value of '{parent.Name}'", "List at least one value.");
        if (parent is Parameter.Real)
            return ($"'{parent.Name}' is a range of real numbers, and hardly ever one of these values", "Give at-least or at-most.");
        foreach (var value in values)
        {
            if (!KnownParameters.CanBe(parent, value)) return ($"'{parent.Name}' is never {value}", KnownParameters.ValuesOf(parent, value));
        }

        return null;
    }

    private static (string Found, string Remedy)? OfRange(Condition condition, Parameter parent)
    {
        if (condition.AtLeast is null && condition.AtMost is null) return null;
        if (condition.AtLeast > condition.AtMost)
            return (Invariant($"it asks for at least {condition.AtLeast} and at most {condition.AtMost}"), "Nothing is both; correct one of the two.");
        if (KnownParameters.Extent(parent) is not var (low, high)) return ($"'{parent.Name}' is a name and has no range", "List the names instead.");
        return condition.AtLeast > high || condition.AtMost < low
            ? (Invariant($"'{parent.Name}' lies in [{low}, {high}], so that this never holds"), "Correct one of the two ranges.")
            : null;
    }
}
