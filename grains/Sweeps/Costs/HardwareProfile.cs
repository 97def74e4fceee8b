namespace Distributed.Sweeps;

/// <summary>Brings what a device likes into a profile, where <see cref="WidthAllocation"/> goes by it.</summary>
public static class HardwareProfile
{
    /// <summary>The least part of its dense width that a family keeps.</summary>
    private const double Floor = 0.1;

    /// <summary>The profile with depth weight and granularity, and with widths that are multiples of the quantum.</summary>
    /// <remarks>
    /// Of the widths worth having those stay that are multiples; where none is, all multiples down to a tenth of the dense width are taken.
    /// Widths of families that count whole groups stay as they are. The dense width always stays.
    /// </remarks>
    public static ModelProfile Apply(ModelProfile profile, HardwareSpec? hardware) => hardware is null ? profile : profile with
    {
        DepthWeight = hardware.DepthWeight,
        Uniform = hardware.Granularity == Granularity.Uniform,
        Families = hardware.Quantum is { } quantum
            ? [.. profile.Families.Select(family => family.Closure == Closures.WholeGroups ? family : family with { Widths = Widths(family, quantum) })]
            : profile.Families,
    };

    private static int[] Widths(FamilyProfile family, int quantum)
    {
        if (family.Widths.Count == 1) return [family.Width];
        int[] multiples = [.. family.Widths.Where(width => width < family.Width && width % quantum == 0)];
        int least = Math.Max(1, (int)Math.Ceiling(Floor * family.Width));
        if (multiples.Length == 0)
            multiples = [.. Enumerable.Range(1, family.Width / quantum).Select(i => i * quantum).Where(width => width >= least && width < family.Width)];
        return [.. multiples, family.Width];
    }
}
