namespace Distributed.Testing;

/// <summary>ZDT1 to ZDT3 in six dimensions (Zitzler, Deb and Thiele 2000).</summary>
/// <remarks>
/// Notation: f₁ = x₁, g = 1 + 9 · mean(x₂ … x_d), r = x₁/g. ZDT3 in the form that is compared here does not multiply its second objective
/// by g. On the front g = 1, so that the largest hypervolume is an integral over f₁.
/// </remarks>
internal static class Zdt
{
    public static TestProblem One { get; } = Of("ZDT1", 120.66666666666667, (g, r, _) => g * (1 - Math.Sqrt(r)));

    public static TestProblem Two { get; } = Of("ZDT2", 120.33333333333333, (g, r, _) => g * (1 - (r * r)));

    public static TestProblem Three { get; } = Of("ZDT3", 128.77811613069076, (_, r, x) => 1 - Math.Sqrt(r) - (r * Math.Sin(10 * Math.PI * x)));

    private static TestProblem Of(string name, double maximum, Func<double, double, double, double> second) => new()
    {
        Name = name,
        Space = TestProblem.Reals(6),
        Objectives = x =>
        {
            double g = 1 + (9 * x.Skip(1).Average());
            return [x[0], second(g, x[0] / g, x[0])];
        },
        Reference = [11, 11],
        MaxHypervolume = maximum,
    };
}
