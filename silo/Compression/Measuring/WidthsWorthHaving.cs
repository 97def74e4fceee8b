using Distributed.Sweeps;

namespace Distributed.Compression.Measuring;

/// <summary>Which widths of a family are worth having: those that are cheaper than every wider one.</summary>
/// <remarks>
/// Runtimes compute channels in blocks, so cost over width is a staircase with traps: a width between two blocks costs as much as the
/// wider block or more. The timed table shows where the steps are; no block size is configured. All other families stand at their
/// dense width, and only the operators that the family touches count.
/// </remarks>
internal static class WidthsWorthHaving
{
    /// <summary>The least part of its dense width that a family keeps.</summary>
    public const double Floor = 0.1;

    /// <summary>A width must save so much of the cost of the family's operators against the next wider one that is kept.</summary>
    private const double LeastSaving = 0.03;

    private const int UntimedQuantum = 8;
    private const int FewestBlocks = 3;

    /// <summary>The profile with the quantum and the widths of every family set from its surfaces.</summary>
    /// <remarks>Where a family has at least three widths that are multiples of the quantum, it has no others: what seems cheaper in between is noise.</remarks>
    public static ModelProfile Fill(ModelProfile profile)
    {
        int quantum = Measuring.Quantum.Of(profile.Surfaces);
        return profile with
        {
            Quantum = quantum,
            Families = [.. profile.Families.Select((family, i) => family with
            {
                Widths = family.Closure == Closures.WholeGroups ? Of(profile, i) : InBlocks(Of(profile, i), quantum),
            })],
        };
    }

    private static IReadOnlyList<int> InBlocks(IReadOnlyList<int> widths, int quantum)
    {
        int[] blocks = [.. widths.Where(width => width % quantum == 0 || width == widths[^1])];
        return blocks.Length >= FewestBlocks ? blocks : widths;
    }

    /// <summary>The widths of one family, ascending, the last one dense.</summary>
    public static IReadOnlyList<int> Of(ModelProfile profile, int family)
    {
        if (profile.Closure is not null)
        {
            string? closure = profile.Families[family].Closure ?? profile.Closure;
            int place = profile.Families.Take(family).Count(other => other.Closure is null || other.Closure == closure);
            return Of(Closures.Under(profile, closure), place);
        }

        int dense = profile.Families[family].Width;
        int[] widths = [.. WidthGrid.Of(dense).Where(width => width >= Math.Max(1, (int)Math.Ceiling(Floor * dense)))];
        var costs = new CostModel(profile with { Operators = [.. profile.Operators.Where(op => op.Touches(family))] });
        double[] at = [.. widths.Select(width => costs.Microseconds(With(profile, family, width)))];
        double whole = at[^1];
        if (whole <= 0 || at.Max() - at.Min() <= 0) return [.. widths.Where(width => width == dense || dense <= 2 * UntimedQuantum || width % UntimedQuantum == 0)];
        var kept = new List<int> { dense };
        double cheapest = whole;
        for (int i = widths.Length - 2; i >= 0; i--)
        {
            if (at[i] > cheapest - (LeastSaving * whole)) continue;
            kept.Add(widths[i]);
            cheapest = at[i];
        }

        kept.Reverse();
        return kept;
    }

    private static int[] With(ModelProfile profile, int family, int width) =>
        [.. profile.Families.Select((other, i) => i == family ? width : other.Width)];
}
