namespace Distributed.Testing;

/// <summary>
/// The Branin function against Currin's exponential one, both on [0, 1]² (Belakaria, Deshwal and Doppa 2019). The largest hypervolume is an
/// approximation by NSGA-II.
/// </summary>
internal static class BraninCurrin
{
    public static TestProblem Exact { get; } = new()
    {
        Name = "BraninCurrin",
        Space = TestProblem.Reals(2),
        Objectives = x => [Branin(x[0], x[1]), Currin(x[0], x[1])],
        Reference = [18, 6],
        MaxHypervolume = 59.36011874867746,
    };

    /// <summary>Normal noise of a twentieth or so of each objective's range.</summary>
    public static TestProblem Noisy { get; } = Exact with { Name = "NoisyBraninCurrin", Noise = [15.19, 0.63], Designs = Exact.Name };

    private static double Branin(double x, double y)
    {
        double a = (15 * x) - 5;
        double bend = (15 * y) - (5.1 * a * a / (4 * Math.PI * Math.PI)) + (5 * a / Math.PI) - 6;
        return (bend * bend) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(a)) + 10;
    }

    private static double Currin(double x, double y)
    {
        double factor = y == 0 ? 1 : 1 - Math.Exp(-1 / (2 * y));
        double above = (((((2300 * x) + 1900) * x) + 2092) * x) + 60;
        double below = (((((100 * x) + 500) * x) + 4) * x) + 20;
        return factor * above / below;
    }
}
