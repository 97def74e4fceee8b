using Distributed.Client.SweepFiles;

namespace Distributed.Client.Selection;

/// <summary>The worst values that still count for the hypervolume, as the sweep file gives them.</summary>
internal static class ReferencePoint
{
    /// <summary>What to tell of a sweep whose front has models of which none is better than the reference point in every objective; null elsewhere.</summary>
    public static string? Unreached(SweepState sweep)
    {
        if (sweep is not { Hypervolume: 0, Front.Count: > 0, Spec: { } spec }) return null;
        var given = spec.Objectives.Where(objective => objective.Reference is not null).Select(objective => Invariant($"{Vocabulary.NameOf(objective.Metric)} {objective.Reference}"));
        string point = string.Join(", ", given) is { Length: > 0 } told ? told : "half the dense model's accuracy, 1.1 times its costs";
        return $"no model is better than the reference point in every objective ({point}); give an easier 'reference' in 'objectives'";
    }
}
