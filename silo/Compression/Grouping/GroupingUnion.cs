using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Grouping;

/// <summary>All legal groupings of a network as one list of families, so that a closure can be searched like any other parameter.</summary>
/// <remarks>
/// Families that both closures have alike stand once, the others once for each closure; those of the closure that is not the default carry
/// its name, "block1.query@whole-groups". The families of one closure, in the list's order, are those of its grouping.
/// </remarks>
internal sealed class GroupingUnion
{
    private readonly List<(Family Family, int[] Places)> _entries = [];

    private GroupingUnion(IReadOnlyList<ModelGrouping> groupings)
    {
        Groupings = groupings;
        if (groupings.Count == 1)
        {
            _entries.AddRange(groupings[0].Families.Select((family, i) => (family, new[] { i })));
            return;
        }

        Merge(groupings[0], groupings[1]);
    }

    /// <summary>The union of all that is legal for a network.</summary>
    public static GroupingUnion Of(Network network) => new(ChannelGroups.All(network));

    /// <summary>The groupings, that of the default closure first.</summary>
    public IReadOnlyList<ModelGrouping> Groupings { get; }

    /// <summary>The name of a closure as users write it.</summary>
    public static string Name(Closure closure) => closure == Closure.WholeGroups ? Closures.WholeGroups : Closures.InsideGroups;

    /// <summary>The closure of a name.</summary>
    public static Closure Named(string name) => name == Closures.WholeGroups ? Closure.WholeGroups : Closure.InsideGroups;

    /// <summary>The closure of candidates that ask for none; null where there is no choice.</summary>
    public string? Default => Groupings.Count == 1 ? null : Name(Groupings[0].Closure);

    /// <summary>The families with their dense widths only.</summary>
    public IReadOnlyList<FamilyProfile> Families => [.. _entries.Select(entry => new FamilyProfile(NameOf(entry), entry.Family.Width, [entry.Family.Width], ClosureOf(entry.Places)))];

    /// <summary>What each grouping gives for its families, as one list for all.</summary>
    public IReadOnlyList<T> Gather<T>(Func<ModelGrouping, IReadOnlyList<T>> perGrouping)
    {
        IReadOnlyList<T>[] all = [.. Groupings.Select(perGrouping)];
        return [.. _entries.Select(entry => entry.Places[0] >= 0 ? all[0][entry.Places[0]] : all[1][entry.Places[1]])];
    }

    /// <summary>The operators with their costs; those that the closures see alike stand once.</summary>
    public IReadOnlyList<OperatorProfile> Operators(Network network, string precision = Precisions.Float32)
    {
        if (Groupings.Count == 1) return ProfileBuilder.Operators(network, Groupings[0], precision);
        OperatorProfile[][] each = [.. Groupings.Select((grouping, g) => ProfileBuilder.Operators(network, grouping, precision).Select(op => Anew(op, g)).ToArray())];
        var seconds = each[1].Select(op => SweepJson.Write(op)).ToList();
        var all = each[0].Select(op => seconds.Remove(SweepJson.Write(op)) ? op : op with { Closure = Name(Groupings[0].Closure) }).ToList();
        foreach (var op in each[1])
        {
            if (seconds.Remove(SweepJson.Write(op))) all.Add(op with { Closure = Name(Groupings[1].Closure) });
        }

        return all;
    }

    /// <summary>What must be timed for all closures.</summary>
    public IReadOnlyList<SurfaceRequest> Surfaces(Network network, string precision = Precisions.Float32) =>
        [.. Groupings.SelectMany(grouping => ProfileBuilder.Surfaces(network, grouping, precision))];

    /// <summary>The names of the families, under any closure, that names of families and layers stand for; null for an unknown name.</summary>
    public IReadOnlyList<string>? Named(string name, bool orPinned)
    {
        string[] found = [.. _entries.Where(entry => NameOf(entry) == name || Groupings.Index().Any(item =>
            entry.Places[item.Index] >= 0 && item.Item.FamilyOf.GetValueOrDefault(name) == entry.Family.Name)).Select(NameOf)];
        return found.Length > 0 || (orPinned && Groupings[0].Pinned.ContainsKey(name)) ? found : null;
    }

    /// <summary>The name that a family of the list has in the grouping of its closure.</summary>
    public static string OwnName(FamilyProfile family) => family.Closure is { } closure && family.Name.EndsWith($"@{closure}", StringComparison.Ordinal) ? family.Name[..^(closure.Length + 1)] : family.Name;

    private void Merge(ModelGrouping first, ModelGrouping second)
    {
        int j = 0;
        for (int i = 0; i < first.Families.Length; i++)
        {
            int like = second.Families.Index().Where(item => item.Index >= j && item.Item.IsLike(first.Families[i])).Select(item => item.Index).FirstOrDefault(-1);
            for (; j < like; j++) _entries.Add((second.Families[j], [-1, j]));
            _entries.Add((first.Families[i], [i, like]));
            if (like >= 0) j++;
        }

        for (; j < second.Families.Length; j++) _entries.Add((second.Families[j], [-1, j]));
    }

    private string? ClosureOf(int[] places) => Groupings.Count == 1 || (places[0] >= 0 && places[1] >= 0)
        ? null
        : Name(Groupings[places[0] >= 0 ? 0 : 1].Closure);

    private string NameOf((Family Family, int[] Places) entry) => entry.Places[0] >= 0 ? entry.Family.Name : $"{entry.Family.Name}@{ClosureOf(entry.Places)}";

    private OperatorProfile Anew(OperatorProfile op, int grouping)
    {
        WidthExpression Renumbered(WidthExpression width) => width with
        {
            Terms = [.. width.Terms.Select(term => term with { Family = _entries.FindIndex(entry => entry.Places[grouping] == term.Family) })],
        };
        return op with { Input = Renumbered(op.Input), Output = Renumbered(op.Output) };
    }
}
