namespace Distributed.Sweeps;

/// <summary>The parameters of a space by name, and the values that each can have.</summary>
internal sealed class KnownParameters(SearchSpace space)
{
    private readonly Dictionary<string, Parameter> _parameters =
        space.Parameters.DistinctBy(parameter => parameter.Name).ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);

    /// <summary>The parameter of that name, or null.</summary>
    public Parameter? Find(string name) => _parameters.GetValueOrDefault(name);

    /// <summary>Those that a name stands for; a per-family parameter for its wildcard.</summary>
    public IReadOnlyList<Parameter> Matches(string name) => SpaceConstraint.IsWildcard(name)
        ? [.. _parameters.Values.Where(parameter => parameter.Name == name[..^2] ? IsPerFamily(parameter) : parameter.Name.StartsWith(name[..^1], StringComparison.Ordinal))]
        : Find(name) is { } one ? [one] : [];

    /// <summary>Whether how many a name stands for is told by the model only.</summary>
    public bool IsOpen(string name) => Matches(name).Any(IsPerFamily);

    /// <summary>A remedy when there is nothing under a name; null when there is, or may be once the families are known.</summary>
    public string? Unknown(string name)
    {
        if (Find(name) is { } found)
            return IsPerFamily(found) ? $"'{name}' is one for each family: write '{name}/*' for all of them, or '{name}/FAMILY' for one." : null;
        string prefix = name.Split('/', 2)[0];
        bool ofFamily = prefix.Length < name.Length && _parameters.TryGetValue(prefix, out var parent) && IsPerFamily(parent);
        return ofFamily || Matches(name).Count > 0 ? null : ClosestName.Remedy(name, _parameters.Keys);
    }

    /// <summary>The least and the largest number that a parameter can be; null for names.</summary>
    public static (double Low, double High)? Extent(Parameter parameter) => parameter switch
    {
        Parameter.Real real => (real.Low, real.High),
        Parameter.Integer integer => (integer.Low, integer.High),
        Parameter.Ordinal { Levels: [ParameterValue.Number first, .., ParameterValue.Number last] } => (first.Value, last.Value),
        Parameter.Fixed { Value: ParameterValue.Number number } => (number.Value, number.Value),
        _ => null,
    };

    /// <summary>Whether a parameter that is not real can have a value.</summary>
    public static bool CanBe(Parameter parameter, ParameterValue value) => parameter switch
    {
        Parameter.Categorical categorical => value is ParameterValue.Choice choice && categorical.Choices.Contains(choice.Name),
        Parameter.Ordinal ordinal => ordinal.Levels.Contains(value),
        Parameter.Fixed one => one.Value == value,
        Parameter.Integer integer => value is ParameterValue.Number { Value: var number } && number >= integer.Low && number <= integer.High
            && (number - integer.Low) % integer.Step == 0,
        _ => false,
    };

    /// <summary>A remedy that tells the values.</summary>
    public static string ValuesOf(Parameter parameter, ParameterValue given) => parameter switch
    {
        Parameter.Categorical categorical => ClosestName.Remedy(given.ToString()!, [.. categorical.Choices]),
        Parameter.Ordinal ordinal => ClosestName.Remedy(given.ToString()!, [.. ordinal.Levels.Select(level => level.ToString()!)]),
        Parameter.Fixed one => $"It is always {one.Value}.",
        Parameter.Integer integer => Invariant($"Give a whole number from {integer.Low} to {integer.High} in steps of {integer.Step}."),
        _ => "Give at-least or at-most.",
    };

    private static bool IsPerFamily(Parameter parameter) => parameter is Parameter.Real { PerFamily: true };
}
