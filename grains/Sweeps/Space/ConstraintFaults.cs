namespace Distributed.Sweeps;

/// <summary>Finds what is wrong with one constraint: names, numbers, and bounds that no values of its parameters can keep.</summary>
internal static class ConstraintFaults
{
    /// <summary>At most one fault.</summary>
    public static IEnumerable<SpaceFault> Of(SpaceConstraint constraint, int index, KnownParameters known)
    {
        var fault = OfNames(constraint, known) ?? constraint switch
        {
            SpaceConstraint.Linear linear => OfBounds(linear) ?? OfReach(linear, known),
            SpaceConstraint.Ascending ascending => OfOrder(ascending, known),
            SpaceConstraint.Forbidden forbidden => OfCombination(forbidden, known),
            _ => null,
        };
        return fault is var (found, remedy) ? [new(null, index, found, remedy)] : [];
    }

    private static (string Found, string Remedy)? OfNames(SpaceConstraint constraint, KnownParameters known)
    {
        string[] names = [.. constraint.Names];
        if (names.Length == 0) return ("it names no parameter", "Name at least one.");
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice && constraint is not SpaceConstraint.Forbidden)
            return ($"'{twice.Key}' stands twice", "Name it once.");
        foreach (string name in names)
        {
            if (known.Unknown(name) is { } remedy) return ($"there is no parameter '{name}'", remedy);
            if (constraint is not SpaceConstraint.Forbidden && known.Matches(name).FirstOrDefault(one => KnownParameters.Extent(one) is null) is { } named)
                return ($"'{named.Name}' is a name, not a number", "Use parameters that are numbers.");
        }

        return null;
    }

    private static (string Found, string Remedy)? OfBounds(SpaceConstraint.Linear linear)
    {
        if (linear.AtMost is null && linear.AtLeast is null) return ("it bounds nothing", "Give at-most, at-least or both.");
        if (linear.AtMost < linear.AtLeast) return (Invariant($"it asks for at least {linear.AtLeast} and at most {linear.AtMost}"), "Nothing is both; correct one of the two.");
        if (linear.Terms.FirstOrDefault(term => !double.IsFinite(term.Weight) || term.Weight == 0) is { } term)
            return (Invariant($"the weight of '{term.Parameter}' is {term.Weight}"), "Give a finite number that is not 0.");
        return double.IsFinite(linear.AtMost ?? 0) && double.IsFinite(linear.AtLeast ?? 0) ? null : ("a bound is not a finite number", "Give a finite number.");
    }

    private static (string Found, string Remedy)? OfReach(SpaceConstraint.Linear linear, KnownParameters known)
    {
        double low = 0;
        double high = 0;
        foreach (var term in linear.Terms)
        {
            foreach (var parameter in known.Matches(term.Parameter)) Add(parameter, term.Weight, known.IsOpen(term.Parameter), ref low, ref high);
        }

        bool open = linear.Terms.Any(term => known.Find(term.Parameter) is null && known.Matches(term.Parameter).Count == 0);
        if (open) return null;
        if (linear.AtMost < low) return (Invariant($"the least that the sum can be is {low:g6}, more than {linear.AtMost}"), "Raise at-most, or lower the ranges.");
        return linear.AtLeast > high
            ? (Invariant($"the most that the sum can be is {high:g6}, less than {linear.AtLeast}"), "Lower at-least, or raise the ranges.")
            : null;
    }

    /// <summary>One parameter's part of the sum's range; of a per-family one there is at least one copy, and nobody knows how many.</summary>
    private static void Add(Parameter parameter, double weight, bool open, ref double low, ref double high)
    {
        (double from, double to) = KnownParameters.Extent(parameter)!.Value;
        (double least, double most) = (Math.Min(weight * from, weight * to), Math.Max(weight * from, weight * to));
        if (parameter.When is not null) (least, most) = (Math.Min(0, least), Math.Max(0, most));
        if (open && parameter is Parameter.Real { PerFamily: true })
        {
            if (least < 0) least = double.NegativeInfinity;
            if (most > 0) most = double.PositiveInfinity;
        }

        low += least;
        high += most;
    }

    private static (string Found, string Remedy)? OfOrder(SpaceConstraint.Ascending ascending, KnownParameters known)
    {
        if (ascending.Parameters.Count < 2) return ("it orders one parameter", "Name at least two, the smaller ones first.");
        (string Name, double Low)? highest = null;
        foreach (string name in ascending.Parameters)
        {
            if (known.Find(name) is not { When: null } parameter) continue;
            (double low, double high) = KnownParameters.Extent(parameter)!.Value;
            if (highest is { } before && before.Low > high)
                return (Invariant($"'{before.Name}' is at least {before.Low} and '{name}' at most {high}"), "Correct the order or the ranges.");
            if (highest is null || low > highest.Value.Low) highest = (name, low);
        }

        return null;
    }

    private static (string Found, string Remedy)? OfCombination(SpaceConstraint.Forbidden forbidden, KnownParameters known)
    {
        foreach (var condition in forbidden.Together)
        {
            if (SpaceFaults.Of(condition, known) is { } fault) return fault;
        }

        return null;
    }
}
