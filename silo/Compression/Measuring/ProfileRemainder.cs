using Distributed.Sweeps;

namespace Distributed.Compression.Measuring;

/// <summary>What the dense model takes beyond its timed operators: starting a run, and operators without a surface.</summary>
internal static class ProfileRemainder
{
    private const string Key = "remainder";

    /// <summary>The least part of a run that no width changes (seen: 4 % on ResNet-8, 3–7 % on ResNet-20).</summary>
    private const double LeastPart = 0.04;

    /// <summary>The profile with an operator of constant cost, so that the prediction for the dense model is what was measured of it.</summary>
    /// <remarks>
    /// Operators timed beside many others may add up to more than the whole model takes, which finds its caches warmer: the remainder is
    /// then the least part of their sum, since only ratios count. Under another closure the same operators may be timed by other surfaces:
    /// each closure has a remainder of its own.
    /// </remarks>
    public static ModelProfile WithRemainder(this ModelProfile profile)
    {
        string?[] closures = profile.Closure is null ? [null] : [.. Closures.All];
        double[] sums = [.. closures.Select(closure => DenseSum(Closures.Under(profile, closure)))];
        double whole = Math.Max(profile.DenseMs * 1000, sums.Max() / (1 - LeastPart));
        if (whole <= 0) return profile;
        var constant = new WidthExpression(1, []);
        string Name(string? closure) => closure is null ? Key : $"{Key} {closure}";
        return profile with
        {
            Operators =
            [
                .. profile.Operators, .. closures.Select(closure => new OperatorProfile
                {
                    Name = "(remainder)", Operator = "", Input = constant, Output = constant, Surface = Name(closure), Closure = closure,
                }),
            ],
            Surfaces = [.. profile.Surfaces, .. closures.Select((closure, i) => new LatencySurface(Name(closure), [1], [1], [whole - sums[i]]))],
        };
    }

    private static double DenseSum(ModelProfile profile) => new CostModel(profile).Microseconds([.. profile.Families.Select(family => family.Width)]);
}
