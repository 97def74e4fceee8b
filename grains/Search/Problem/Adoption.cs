namespace Distributed.Search;

/// <summary>A candidate of another space, or one that is not complete, as a candidate of this one.</summary>
/// <param name="Candidate">What it becomes.</param>
/// <param name="Moved">How many of its values had to be moved or made up.</param>
internal sealed record Adoption(Candidate Candidate, int Moved)
{
    /// <summary>
    /// Parameters are matched by name. A number outside its range goes to the nearest end, one between levels to the nearest level; what
    /// is missing stands at its default where the space holds that, or else in the middle. A ratio of one family is the common ratio
    /// where there is none of its own, and the common ratio the mean over the families.
    /// </summary>
    /// <param name="encoding">This space.</param>
    /// <param name="given">The other's candidate.</param>
    /// <param name="defaults">What a trial takes for a parameter that its candidate does not hold; null where that is not known.</param>
    /// <returns>Null when a name is none of this space's choices, so that it is another thing altogether.</returns>
    public static Adoption? Of(SpaceEncoding encoding, Candidate given, Func<string, ParameterValue?> defaults)
    {
        int moved = 0;
        bool other = false;
        var candidate = encoding.Build((name, axis, @fixed) =>
        {
            var own = given.Values.GetValueOrDefault(name) ?? Ratio(given, name);
            if (own is null) moved += defaults(name) is null || (axis is not null && !Holds(axis, defaults(name)!)) ? 1 : 0;
            var value = own ?? defaults(name);
            if (axis is null)
            {
                other |= value is ParameterValue.Choice && value != @fixed;
                moved += value is ParameterValue.Number && value != @fixed ? 1 : 0;
                return @fixed!;
            }

            if (value is null) return axis.Decode(0.5);
            if (!IsKind(axis, value))
            {
                other |= own is not null;
                return axis.Decode(0.5);
            }

            var adopted = axis.Decode(axis.Encode(value));
            if (own is not null && !Same(adopted, own)) moved++;
            return adopted;
        });
        return other ? null : new(candidate, moved);
    }

    private static ParameterValue? Ratio(Candidate given, string name)
    {
        if (name.StartsWith(ParameterNames.OfFamily(ParameterNames.Ratio, ""), StringComparison.Ordinal)) return given.Values.GetValueOrDefault(ParameterNames.Ratio);
        if (name != ParameterNames.Ratio) return null;
        double[] own = [.. given.Values.Where(pair => pair.Key.StartsWith(ParameterNames.OfFamily(name, ""), StringComparison.Ordinal))
            .Select(pair => pair.Value).OfType<ParameterValue.Number>().Select(number => number.Value)];
        return own.Length == 0 ? null : new ParameterValue.Number(own.Average());
    }

    private static bool Holds(Axis axis, ParameterValue value) => IsKind(axis, value) && Same(axis.Decode(axis.Encode(value)), value);

    private static bool IsKind(Axis axis, ParameterValue value) => axis switch
    {
        CategoricalAxis categorical => value is ParameterValue.Choice choice && categorical.Parameter.Choices.Contains(choice.Name),
        OrdinalAxis ordinal when ordinal.Parameter.Levels[0] is ParameterValue.Choice => ordinal.Parameter.Levels.Contains(value),
        _ => value is ParameterValue.Number,
    };

    /// <summary>Up to the rounding of the space.</summary>
    internal static bool Same(ParameterValue adopted, ParameterValue own) => adopted is ParameterValue.Number a && own is ParameterValue.Number b
        ? Math.Abs(a.Value - b.Value) <= 1e-3 * Math.Max(Math.Abs(b.Value), 1e-9)
        : adopted == own;
}
