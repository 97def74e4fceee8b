using Distributed.Compression.Grouping;
using Distributed.Sweeps;

namespace Distributed.Compression.Pruning;

/// <summary>A plan may not empty anything, nor name what is not there.</summary>
internal static class PlanCheck
{
    /// <summary>Checks one family's list.</summary>
    public static void Family(Family family, IReadOnlyList<int> kept)
    {
        if (kept.Count == 0) throw Empty(family.Name, family.Width);
        for (int i = 0; i < kept.Count; i++)
        {
            if (kept[i] < 0 || kept[i] >= family.Width || (i > 0 && kept[i] <= kept[i - 1]))
            {
                throw new InvalidInputException(
                    $"family '{family.Name}'",
                    Invariant($"unit {kept[i]} is out of order or does not exist among 0 to {family.Width - 1}"),
                    "Give the kept units in ascending order, each once.");
            }
        }
    }

    /// <summary>Checks that no value and no weight loses its last channel, as can happen where a layer's channels belong to several families.</summary>
    public static void Layers(ModelGrouping grouping, bool[] stays)
    {
        var emptied = grouping.Values
            .Where(pair => pair.Value.Axis >= 0 && !pair.Value.Units.Any(unit => unit < 0 || stays[unit]))
            .Select(pair => pair.Key).Order(StringComparer.Ordinal).FirstOrDefault();
        if (emptied is not null) throw Empty(emptied, grouping.Values[emptied].Units.Length);
    }

    private static InvalidInputException Empty(string layer, int channels) => new(
        $"layer '{layer}'",
        Invariant($"pruning leaves none of its {channels} channels"),
        Invariant($"Lower the ratio to {(channels - 1.0) / channels:0.###} or less, or name the layer under 'keep' in the sweep file."));
}
