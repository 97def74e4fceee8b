namespace Distributed.Sweeps;

/// <summary>What one part of the channels for all families rules out.</summary>
public static class UniformGranularity
{
    /// <summary>What to do about it.</summary>
    public const string Remedy = "Write 'granularity: per-family', or one 'ratio' with 'ranking: local'.";

    /// <summary>What in a space contradicts it; null for nothing.</summary>
    public static string? Against(SearchSpace space) =>
        space.Parameters.Any(parameter => parameter is Parameter.Real { PerFamily: true } || parameter.Name.StartsWith(ParameterNames.Ratio + "/", StringComparison.Ordinal))
            ? "families have ratios of their own"
            : SpaceNames.Of(space, ParameterNames.Ranking).Any(WidthAllocation.RanksAllFamilies) ? "the ranking compares families" : null;
}
