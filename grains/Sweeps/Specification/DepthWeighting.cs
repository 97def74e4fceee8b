namespace Distributed.Sweeps;

/// <summary>What a depth weight rules out.</summary>
public static class DepthWeighting
{
    /// <summary>What to do about it.</summary>
    public const string Remedy = "Write 'hardware: { preset: …, depth-weight: 0 }', or one 'ratio' without 'per: family'.";

    /// <summary>What in a space contradicts it: it shifts one common ratio, and a family's own is taken as it is. Null for nothing.</summary>
    public static string? Against(SearchSpace space) =>
        space.Parameters.Any(parameter => parameter is Parameter.Real { PerFamily: true } || parameter.Name.StartsWith(ParameterNames.Ratio + "/", StringComparison.Ordinal))
            ? "families have ratios of their own"
            : null;
}
