using Distributed.Compression.Grouping;

namespace Distributed.Compression.Pruning;

/// <summary>Chooses which units stay once it is decided how many.</summary>
internal static class PlanBuilder
{
    /// <summary>Keeps the units with the highest scores; equal scores keep the lower index.</summary>
    /// <param name="grouping">The network's grouping.</param>
    /// <param name="scores">For every family its units' scores, in their order.</param>
    /// <param name="widths">For every family how many units stay, 1 to its width.</param>
    /// <exception cref="Sweeps.InvalidInputException">A family or layer would be left empty.</exception>
    public static PruningPlan Build(ModelGrouping grouping, double[][] scores, int[] widths) =>
        PruningPlan.Of(grouping, [.. scores.Select((family, i) => Best(family, widths[i]))]);

    private static IReadOnlyList<int> Best(double[] scores, int width) =>
        [.. Enumerable.Range(0, scores.Length).OrderByDescending(unit => scores[unit]).Take(width).Order()];
}
