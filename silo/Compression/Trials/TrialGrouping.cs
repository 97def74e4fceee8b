using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>The families that a candidate is pruned by: those of its closure, the same in every step of the trial.</summary>
internal sealed class TrialGrouping
{
    private readonly string? _closure;
    private ModelGrouping? _dense;

    public TrialGrouping(ModelProfile profile, Candidate candidate)
    {
        _closure = Closures.Of(profile, candidate);
        int[] widths = WidthAllocation.For(profile, candidate);
        int[] own = [.. profile.Families.Index().Where(item => item.Item.Closure is null || item.Item.Closure == _closure).Select(item => item.Index)];
        Families = [.. own.Select(i => profile.Families[i])];
        Final = [.. own.Select(i => widths[i])];
    }

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
        _dense ??= _closure is null ? ChannelGroups.Of(dense) : ChannelGroups.Of(dense, GroupingUnion.Named(_closure));
        return GroupingAfter.Of(_dense, PruningPlan.Of(_dense, kept));
    }
}
