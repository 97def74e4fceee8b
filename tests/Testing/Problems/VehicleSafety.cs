namespace Distributed.Testing;

/// <summary>Mass, acceleration and toe-board intrusion of a car in a frontal crash, by five thicknesses (Liao, Li, Yang, Zhang and Li 2008).</summary>
internal static class VehicleSafety
{
    public static TestProblem Problem { get; } = new()
    {
        Name = "VehicleSafety",
        Space = TestProblem.Reals(5, 1, 3),
        Objectives = x => [Mass(x), Acceleration(x[0], x[1], x[2], x[3], x[4]), Intrusion(x[0], x[1], x[2], x[3], x[4])],
        Reference = [1864.72022, 11.81993945, 0.2903999384],
        MaxHypervolume = 246.81607081187002,
    };

    private static double Mass(double[] x) =>
        1640.2823 + (2.3573285 * x[0]) + (2.3220035 * x[1]) + (4.5688768 * x[2]) + (7.7213633 * x[3]) + (4.4559504 * x[4]);

    private static double Acceleration(double a, double b, double c, double d, double e) =>
        6.5856 + (1.15 * a) - (1.0427 * b) + (0.9738 * c) + (0.8364 * d) - (0.3695 * a * d) + (0.0861 * a * e) + (0.3628 * b * d)
        - (0.1106 * a * a) - (0.3437 * c * c) + (0.1764 * d * d);

    private static double Intrusion(double a, double b, double c, double d, double e) =>
        -0.0551 + (0.0181 * a) + (0.1024 * b) + (0.0421 * c) - (0.0073 * a * b) + (0.024 * b * c) - (0.0118 * b * d) - (0.0204 * c * d)
        - (0.008 * c * e) - (0.0241 * b * b) + (0.0109 * d * d);
}
