namespace Distributed.Sweeps;

/// <summary>What a space lets a parameter of names be.</summary>
public static class SpaceNames
{
    /// <summary>The names; none where the space does not hold the parameter.</summary>
    public static IEnumerable<string> Of(SearchSpace space, string parameter) => space.Parameters.FirstOrDefault(one => one.Name == parameter) switch
    {
        Parameter.Categorical categorical => categorical.Choices,
        Parameter.Fixed { Value: ParameterValue.Choice choice } => [choice.Name],
        Parameter.Ordinal ordinal => ordinal.Levels.Select(level => level.ToString()!),
        _ => [],
    };
}
