using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>The branches that a candidate leaves out, and the families that it is pruned by: those of its closure that are left, the same in every step of the trial.</summary>
internal sealed class TrialGrouping
{
    private readonly string? _closure;
    private ModelGrouping? _dense;

    public TrialGrouping(ModelProfile profile, Candidate candidate)
    {
        _closure = Closures.Of(profile, candidate);
        int[] widths = WidthAllocation.For(profile, candidate);
        bool[] stays = Depths.HasFamilies(profile, candidate);
        int[] own = [.. profile.Families.Index().Where(item => stays[item.Index] && (item.Item.Closure is null || item.Item.Closure == _closure)).Select(item => item.Index)];
        LeftOut = Depths.LeftOut(profile, candidate);
        Families = [.. own.Select(i => profile.Families[i])];
        Final = [.. own.Select(i => widths[i])];
    }

    /// <summary>The residual branches that are left out, before the first step.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>The families, in the grouping's order.</summary>
    public IReadOnlyList<FamilyProfile> Families { get; }

    /// <summary>The dense width of each.</summary>
    public int[] Dense => [.. Families.Select(family => family.Width)];

    /// <summary>The units of each in the dense network: all of them.</summary>
    public IReadOnlyList<IReadOnlyList<int>> AllUnits => [.. Dense.Select(width => (IReadOnlyList<int>)[.. Enumerable.Range(0, width)])];

    /// <summary>The width of each that the candidate asks for.</summary>
    public int[] Final { get; }

    /// <summary>The grouping of the network that is left when only the given units of the dense one are.</summary>
    /// <param name="dense">The dense network.</param>
    /// <param name="kept">For each family the units that are left.</param>
    public ModelGrouping At(Network dense, IReadOnlyList<IReadOnlyList<int>> kept)
    {
        _dense ??= Grouping(dense);
        return GroupingAfter.Of(_dense, PruningPlan.Of(_dense, kept));
    }

    /// <summary>The network with which the first step begins: the dense one without the branches that are left out.</summary>
    public Network Start(Network dense) => BranchRemoval.Without(dense, LeftOut);

    private ModelGrouping Grouping(Network dense)
    {
        var whole = _closure is null ? ChannelGroups.Of(dense) : ChannelGroups.Of(dense, GroupingUnion.Named(_closure));
        return LeftOut.Count == 0 ? whole : GroupingWithin.Of(whole, Start(dense), Families.Select(GroupingUnion.OwnName).ToHashSet(StringComparer.Ordinal));
    }
}
