using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Which single weights go.</summary>
/// <param name="Pattern">"none", "unstructured", or "2:4".</param>
/// <param name="Ratio">The part of the weights that goes in the end, where the pattern does not say it.</param>
/// <param name="Criterion">What they are scored by: the candidate's importance criterion, see <see cref="Sparsity.WeightScores"/>.</param>
/// <param name="Overall">Whether layers are compared with each other: where the candidate ranks globally.</param>
internal sealed record SparsityRecipe(string Pattern = SparsityRecipe.None, double Ratio = 0.5, string Criterion = "l1", bool Overall = false)
{
    /// <summary>No pattern.</summary>
    public const string None = "none";

    /// <summary>Any weights.</summary>
    public const string Unstructured = "unstructured";

    /// <summary>Two of every four neighbours.</summary>
    public const string TwoOfFour = "2:4";

    public static SparsityRecipe Of(Candidate candidate) => new(
        candidate.Choice(ParameterNames.Sparsity) ?? None,
        candidate.Number(ParameterNames.SparsityRatio) ?? 0.5,
        candidate.Choice(ParameterNames.Criterion) ?? "l1",
        candidate.Choice(ParameterNames.Ranking) == "global");

    /// <summary>Whether weights go in a segment: 2:4 waits for the last slicing, which would break its groups.</summary>
    /// <param name="segment">0, 1, … below <paramref name="segments"/>.</param>
    /// <param name="segments">How many there are.</param>
    public bool ActsIn(int segment, int segments) =>
        (Pattern == TwoOfFour && segment == segments - 1) || (Pattern == Unstructured && Ratio > 0);

    /// <summary>The part that is gone after a segment: as much more in each.</summary>
    /// <param name="segment">0, 1, … below <paramref name="segments"/>.</param>
    /// <param name="segments">How many there are.</param>
    public double RatioAfter(int segment, int segments) => Ratio * (segment + 1) / segments;
}
