using System.Collections.Immutable;
using Distributed.Compression.Pruning;

namespace Distributed.Compression.Grouping;

/// <summary>The grouping of a sliced network, told from that of the network before.</summary>
/// <remarks>
/// Grouping the sliced network anew could give another answer: a family of one unit is no choice any more, and the closure that leaves more
/// units may be the other one. Steps of one trial must go on with the families that they began with.
/// </remarks>
internal static class GroupingAfter
{
    /// <summary>The grouping of what the plan leaves: the same families with the units that stay, in their order.</summary>
    public static ModelGrouping Of(ModelGrouping grouping, PruningPlan plan)
    {
        bool[] stays = plan.Keeps(grouping);
        int[] numbers = new int[stays.Length];
        for (int unit = 0, next = 0; unit < stays.Length; unit++) numbers[unit] = stays[unit] ? next++ : -1;
        ImmutableArray<int> Left(ImmutableArray<int> units) => [.. units.Where(unit => unit < 0 || stays[unit]).Select(unit => unit < 0 ? unit : numbers[unit])];
        var initializers = grouping.Initializers.ToImmutableSortedDictionary(pair => pair.Key, pair => Left(pair.Value), grouping.Initializers.KeyComparer);
        var families = grouping.Families.Select((family, i) => family with { Units = [.. plan.Families[i].Kept.Select(unit => family.Units[unit])] }).ToArray();
        int first = 0;
        return grouping with
        {
            Families = [.. families.Select(family => family with { Units = [.. family.Units.Select(unit => new Unit([.. unit.Members.Select(member => Moved(member, grouping, stays))]))] })],
            FirstUnits = [.. families.Select(family => (first += family.Width) - family.Width)],
            Initializers = initializers,
            Values = grouping.Values.ToImmutableDictionary(pair => pair.Key, pair => Left(pair.Value.Units) is var units && pair.Value.Axis < 0
                ? pair.Value
                : pair.Value with { Units = units, Shape = pair.Value.Shape.SetItem(pair.Value.Axis, units.Length) }),
        };
    }

    private static Member Moved(Member member, ModelGrouping grouping, bool[] stays)
    {
        var units = grouping.Initializers[(member.Initializer, member.Axis)];
        return member with { Indices = [.. member.Indices.Select(index => units[..index].Count(unit => unit < 0 || stays[unit]))] };
    }
}
