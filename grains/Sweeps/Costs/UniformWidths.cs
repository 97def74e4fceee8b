namespace Distributed.Sweeps;

/// <summary>One part of the channels for all families, as compilers for small devices like it.</summary>
internal static class UniformWidths
{
    private const int FewestParts = 2;
    private const int Eighths = 8;

    /// <summary>
    /// The widths at the part nearest to 1 − ratio among those that every family can keep exactly; where the whole is the only such
    /// part, among the eighths, each family at its nearest width. The larger of two parts as near.
    /// </summary>
    public static int[] At(ModelProfile profile, string? closure, double ratio)
    {
        FamilyProfile[] free = [.. profile.Families.Where(family => Closures.Holds(family.Closure, closure) && family.Widths.Count > 1)];
        double[] parts = [.. free.SelectMany(family => family.Widths.Select(width => width / (double)family.Width)).Append(1).Distinct()
            .Where(part => free.All(family => family.Widths.Any(width => width == part * family.Width)))];
        if (parts.Length < FewestParts) parts = [.. Enumerable.Range(1, Eighths).Select(i => i / (double)Eighths)];
        double kept = parts.OrderByDescending(part => part).MinBy(part => Math.Abs(part - (1 - ratio)));
        return [.. profile.Families.Select(family =>
            Closures.Holds(family.Closure, closure) ? WidthAllocation.Nearest(family.Widths, kept * family.Width) : family.Width)];
    }
}
