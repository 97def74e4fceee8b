namespace Distributed.Testing;

/// <summary>
/// Weight, pubic force, mean velocity of the pillars and the violation of ten limits in a side impact, by seven thicknesses (RE4-7-1 of
/// Tanabe and Ishibuchi 2020).
/// </summary>
internal static class CarSideImpact
{
    public static TestProblem Problem { get; } = new()
    {
        Name = "CarSideImpact",
        Space = TestProblem.Reals((0.5, 1.5), (0.45, 1.35), (0.5, 1.5), (0.5, 1.5), (0.875, 2.625), (0.4, 1.2), (0.4, 1.2)),
        Objectives = x => Evaluate(x[0], x[1], x[2], x[3], x[4], x[5], x[6]),
        Reference = [45.4872, 4.5114, 13.3394, 10.3942],
        MaxHypervolume = 484.72654347642793,
    };

    private static double[] Evaluate(double a, double b, double c, double d, double e, double f, double g)
    {
        double force = 4.72 - (0.5 * d) - (0.19 * b * c);
        double middle = 10.58 - (0.674 * a * b) - (0.67275 * b);
        double front = 16.45 - (0.489 * c * g) - (0.843 * e * f);
        double[] limits =
        [
            -0.16 + (0.3717 * b * d) + (0.0092928 * c),
            0.059 + (0.0159 * a * b) + (0.06486 * a) + (0.019 * b * g) - (0.0144 * c * e) - (0.0154464 * f),
            0.106 - (0.00817 * e) + (0.0587118 * a) - (0.03099 * b * f) + (0.018 * b * g) - (0.030408 * c) + (0.00364 * e * f) + (0.018 * b * b),
            -0.42 + (0.61 * b) + (0.031296 * c) + (0.031872 * g) - (0.227 * b * b),
            3.02 - (3.818 * c) + (4.2 * a * b) - (1.27296 * f) + (2.68065 * g),
            -3.31728 - (2.95 * c) + (5.057 * a * b) + (3.795 * b) + (3.4431 * g),
            -14.36 + (9.9 * b) + (4.4505 * a),
            4 - force,
            9.9 - middle,
            15.7 - front,
        ];
        double weight = 1.98 + (4.9 * a) + (6.67 * b) + (6.98 * c) + (4.01 * d) + (1.78 * e) + (1e-5 * f) + (2.73 * g);
        return [weight, force, (middle + front) / 2, limits.Sum(limit => Math.Max(0, -limit))];
    }
}
