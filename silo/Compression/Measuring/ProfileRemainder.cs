using Distributed.Sweeps;

namespace Distributed.Compression.Measuring;

/// <summary>What the dense model takes beyond its timed operators: starting a run, and operators without a surface.</summary>
internal static class ProfileRemainder
{
    private const string Key = "remainder";

    /// <summary>The profile with an operator of constant cost, so that the prediction for the dense model is what was measured of it.</summary>
    /// <remarks>Where the operators add up to more than was measured there is no remainder: costs cannot be negative, and ratios stay right.</remarks>
    public static ModelProfile WithRemainder(this ModelProfile profile)
    {
        double rest = (profile.DenseMs * 1000) - new CostModel(profile).Microseconds([.. profile.Families.Select(family => family.Width)]);
        if (rest <= 0) return profile;
        var constant = new WidthExpression(1, []);
        return profile with
        {
            Operators = [.. profile.Operators, new OperatorProfile { Name = "(remainder)", Operator = "", Input = constant, Output = constant, Surface = Key }],
            Surfaces = [.. profile.Surfaces, new LatencySurface(Key, [1], [1], [rest])],
        };
    }
}
