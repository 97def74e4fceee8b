using System.Collections.Immutable;
using Distributed.Compression.Graph;

namespace Distributed.Compression.Grouping;

/// <summary>The grouping of a part of a network, told from that of the whole.</summary>
/// <remarks>
/// What must be pruned together in the whole may be so in the part: leaving nodes out only takes ties away. Grouping the part anew could give
/// families other names and other units, and steps, plans and profiles go by those of the dense network.
/// </remarks>
internal static class GroupingWithin
{
    /// <summary>The grouping of a network that has some of the nodes, values and initializers of the one that was grouped.</summary>
    /// <param name="grouping">Of the whole network.</param>
    /// <param name="part">The part; all in it has the name that it had.</param>
    /// <param name="families">Names of the families to keep; channels of others can no longer be removed.</param>
    public static ModelGrouping Of(ModelGrouping grouping, Network part, IReadOnlySet<string> families)
    {
        int[] kept = [.. grouping.Families.Index().Where(item => families.Contains(item.Item.Name)).Select(item => item.Index)];
        int[] numbers = new int[grouping.UnitCount];
        Array.Fill(numbers, -1);
        var firsts = ImmutableArray.CreateBuilder<int>();
        int next = 0;
        foreach (int family in kept)
        {
            firsts.Add(next);
            for (int unit = 0; unit < grouping.Families[family].Width; unit++) numbers[grouping.FirstUnits[family] + unit] = next++;
        }

        ImmutableArray<int> Anew(ImmutableArray<int> units) => [.. units.Select(unit => unit < 0 ? unit : numbers[unit])];
        var nodes = part.Nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        var values = part.Inputs.Select(input => input.Name).Concat(part.Nodes.SelectMany(node => node.Outputs)).ToHashSet(StringComparer.Ordinal);
        return grouping with
        {
            Families = [.. kept.Select(family => Within(grouping.Families[family], part))],
            FirstUnits = firsts.ToImmutable(),
            Values = grouping.Values.Where(pair => values.Contains(pair.Key)).ToImmutableDictionary(pair => pair.Key, pair => pair.Value with { Units = Anew(pair.Value.Units) }),
            Initializers = grouping.Initializers.Where(pair => part.Initializers.ContainsKey(pair.Key.Name))
                .ToImmutableSortedDictionary(pair => pair.Key, pair => Anew(pair.Value), grouping.Initializers.KeyComparer),
            Consumers = [.. grouping.Consumers.Where(use => nodes.Contains(use.Node))],
            FamilyOf = grouping.FamilyOf.Where(pair => nodes.Contains(pair.Key) && families.Contains(pair.Value)).ToImmutableDictionary(),
            Pinned = grouping.Pinned.Where(pair => nodes.Contains(pair.Key)).ToImmutableDictionary(),
        };
    }

    private static Family Within(Family family, Network part) => family with
    {
        Units = [.. family.Units.Select(unit => new Unit([.. unit.Members.Where(member => part.Initializers.ContainsKey(member.Initializer))]))],
    };
}
