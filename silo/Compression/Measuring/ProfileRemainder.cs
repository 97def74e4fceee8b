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
    /// then the least part of their sum, since only ratios count.
    /// </remarks>
    public static ModelProfile WithRemainder(this ModelProfile profile)
    {
        double sum = new CostModel(profile).Microseconds([.. profile.Families.Select(family => family.Width)]);
        double rest = Math.Max((profile.DenseMs * 1000) - sum, sum * LeastPart / (1 - LeastPart));
        if (rest <= 0) return profile;
        var constant = new WidthExpression(1, []);
        return profile with
        {
            Operators = [.. profile.Operators, new OperatorProfile { Name = "(remainder)", Operator = "", Input = constant, Output = constant, Surface = Key }],
            Surfaces = [.. profile.Surfaces, new LatencySurface(Key, [1], [1], [rest])],
        };
    }
}
