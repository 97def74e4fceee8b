using Distributed.Sweeps;

namespace Distributed.Compression.Measuring;

/// <summary>What the dense model takes beyond its timed operators: starting a run, and operators without a surface.</summary>
internal static class ProfileRemainder
{
    /// <summary>The least part of a run that no width changes (seen: 4 % on ResNet-8, 3–7 % on ResNet-20).</summary>
    private const double LeastPart = 0.04;

    /// <summary>The profile with an operator of constant cost: what no width changes.</summary>
    /// <remarks>
    /// The table tells how costs change with widths; one more measurement tells how much does not. With S the table's sum for the dense model,
    /// s that for the narrowest and r the measured ratio of the two, (s + c) / (S + c) = r gives c = (r · S − s) / (1 − r), at least 0. What
    /// the table misses beyond c (caches, operators without a surface) then counts as growing with the widths. Without that measurement c is
    /// what is left of the dense model's time, or the least part of the sum. Under another closure the same operators may be timed by other
    /// surfaces: each closure has a remainder of its own.
    /// </remarks>
    /// <param name="profile">Families with their widths, operators and surfaces.</param>
    /// <param name="narrowRatio">The measured ratio of the narrowest network of the default closure; null where it was not measured.</param>
    /// <param name="key">What its surface is called.</param>
    public static ModelProfile WithRemainder(this ModelProfile profile, double? narrowRatio = null, string key = "remainder")
    {
        string?[] closures = profile.Closure is null ? [null] : [.. Closures.All];
        double[] sums = [.. closures.Select(closure => DenseSum(Closures.Under(profile, closure)))];
        double whole = Calibrated(Closures.Under(profile, profile.Closure), narrowRatio) is { } constant
            ? Math.Max(DenseSum(Closures.Under(profile, profile.Closure)) + constant, sums.Max())
            : Math.Max(profile.DenseMs * 1000, sums.Max() / (1 - LeastPart));
        if (whole <= 0) return profile;
        var one = new WidthExpression(1, []);
        string Name(string? closure) => closure is null ? key : $"{key} {closure}";
        return profile with
        {
            Operators =
            [
                .. profile.Operators, .. closures.Select(closure => new OperatorProfile
                {
                    Name = "(remainder)", Operator = "", Input = one, Output = one, Surface = Name(closure), Closure = closure,
                }),
            ],
            Surfaces = [.. profile.Surfaces, .. closures.Select((closure, i) => new LatencySurface(Name(closure), [1], [1], [whole - sums[i]]))],
        };
    }

    private static double? Calibrated(ModelProfile profile, double? ratio)
    {
        double dense = DenseSum(profile);
        double narrow = new CostModel(profile).Microseconds(Narrowest(profile));
        return ratio is > 0 and < 1 && narrow < dense ? Math.Max(0, ((ratio.Value * dense) - narrow) / (1 - ratio.Value)) : null;
    }

    /// <summary>The narrowest width worth having of every family.</summary>
    public static int[] Narrowest(ModelProfile profile) => [.. profile.Families.Select(family => family.Widths[0])];

    private static double DenseSum(ModelProfile profile) => new CostModel(profile).Microseconds([.. profile.Families.Select(family => family.Width)]);
}
