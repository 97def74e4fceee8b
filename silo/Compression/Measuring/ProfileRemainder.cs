using Distributed.Sweeps;

namespace Distributed.Compression.Measuring;

/// <summary>What the dense model takes beyond its timed operators: starting a run, and operators without a surface.</summary>
internal static class ProfileRemainder
{
    /// <summary>The least part of a run that no width changes (seen: 4 % on ResNet-8, 3–7 % on ResNet-20).</summary>
    private const double LeastPart = 0.04;

    /// <summary>The profile with an operator of constant cost: what no width changes.</summary>
    /// <remarks>
    /// Where whole networks were measured, <see cref="ProfileCalibration"/> tells how much that is; else it is what is left of the dense
    /// model's time, or the least part of the sum. Under another closure the same operators may be timed by other surfaces: each closure has
    /// a remainder of its own, by which all predict the same time of the dense model, but none takes more than half of what the narrowest network's operators take.
    /// </remarks>
    /// <param name="profile">Families with their widths, operators and surfaces.</param>
    /// <param name="measured">Networks under the default closure, with their measured ratios.</param>
    /// <param name="key">What its surface is called.</param>
    public static ModelProfile WithRemainder(this ModelProfile profile, IReadOnlyList<MeasuredWidths> measured, string key = "remainder")
    {
        (profile, double? constant) = ProfileCalibration.Of(profile, measured);
        string?[] closures = profile.Closure is null ? [null] : [.. Closures.All];
        double[] sums = [.. closures.Select(closure => DenseSum(Closures.Under(profile, closure)))];
        double whole = constant is { } known
            ? DenseSum(Closures.Under(profile, profile.Closure)) + known
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
            Surfaces = [.. profile.Surfaces, .. closures.Select((closure, i) => new LatencySurface(Name(closure), [1], [1], [Math.Max(whole - sums[i], -NarrowestSum(Closures.Under(profile, closure)) / 2)]))],
        };
    }

    /// <summary>The narrowest width worth having of every family.</summary>
    public static int[] Narrowest(ModelProfile profile) => [.. profile.Families.Select(family => family.Widths[0])];

    private static double NarrowestSum(ModelProfile profile) => new CostModel(profile).Microseconds(Narrowest(profile));

    private static double DenseSum(ModelProfile profile) => new CostModel(profile).Microseconds([.. profile.Families.Select(family => family.Width)]);
}
