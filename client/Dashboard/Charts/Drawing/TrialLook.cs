namespace Distributed.Dashboard;

/// <summary>How one kind of trial is drawn. The colours are of the palette of Okabe and Ito, which colour-blind people can tell apart.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Label">Its name in legends.</param>
/// <param name="Color">A colour of the pages.</param>
/// <param name="Symbol">plotly.js's name of the shape.</param>
/// <param name="Size">In pixels.</param>
public sealed record TrialLook(TrialKind Kind, string Label, string Color, string Symbol, int Size)
{
    /// <summary>The colour of its edge; null for the same.</summary>
    public string? Edge { get; init; }

    /// <summary>All kinds, in the order in which they are drawn.</summary>
    public static IReadOnlyList<TrialLook> All { get; } =
    [
        new(TrialKind.Dominated, "dominated", "var(--dominated)", "circle-open", 7),
        new(TrialKind.Infeasible, "infeasible", "var(--infeasible)", "x-thin-open", 8),
        new(TrialKind.Stopped, "stopped early", "var(--stopped)", "triangle-down-open", 8),
        new(TrialKind.Failed, "failed", "var(--failed)", "cross-thin-open", 8),
        new(TrialKind.Running, "running", "var(--running)", "star", 11),
        new(TrialKind.Dense, "dense", "var(--dense)", "square", 11),
        new(TrialKind.Front, "front", "var(--front)", "circle", 9),
        new(TrialKind.Knee, "knee", "var(--knee)", "diamond", 13),
    ];

    /// <summary>The look of a kind.</summary>
    public static TrialLook Of(TrialKind kind) => All[(int)kind];
}
