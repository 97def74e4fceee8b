using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Which channels go, and in how many steps.</summary>
/// <param name="Criterion">Importance criterion.</param>
/// <param name="Steps">Pruning steps, at least 1; the epochs are shared out evenly.</param>
internal sealed record PruningRecipe(string Criterion = "l1", int Steps = 1)
{
    public static PruningRecipe Of(Candidate candidate) => new(
        candidate.Choice(ParameterNames.Criterion) ?? "l1",
        Math.Max(1, (int)(candidate.Number(ParameterNames.Steps) ?? 1)));

    /// <summary>
    /// The width of each family after a step: an equal part of the way from the dense width to the final one, rounded up, so that the
    /// last step gives the final widths exactly and no step adds any.
    /// </summary>
    /// <param name="dense">Widths of the dense model.</param>
    /// <param name="final">Widths that the candidate asks for, none above the dense one.</param>
    /// <param name="step">0, 1, …; from the last one on, nothing changes.</param>
    public int[] WidthsAfter(int[] dense, int[] final, int step) =>
        [.. dense.Zip(final, (from, to) => to + (((from - to) * Math.Max(0, Steps - 1 - step)) + Steps - 1) / Steps)];
}
