namespace Distributed.Testing;

/// <summary>DTLZ2 (Deb, Thiele, Laumanns and Zitzler 2002) and its constrained form C2-DTLZ2 (Jain and Deb 2014), two objectives.</summary>
/// <remarks>
/// Notation: g = 1 + Σ_{i ≥ 2} (x_i − ½)², f = g (cos(π x₁/2), sin(π x₁/2)); the front is the unit circle's quarter, with the largest
/// hypervolume 1.21 − π/4. The constrained form keeps discs of radius r = 0.2 around the front's ends and its middle; its largest
/// hypervolume is an approximation by NSGA-II.
/// </remarks>
internal static class Dtlz
{
    private const double SquaredRadius = 0.2 * 0.2;

    public static TestProblem ConstrainedTwo { get; } = Two(6, "C2DTLZ2") with
    {
        Constraint = x => Discs(Sphere(x)),
        MaxHypervolume = 0.3996406303723544,
    };

    public static TestProblem Two(int dimensions, string name) => new()
    {
        Name = name,
        Space = TestProblem.Reals(dimensions),
        Objectives = Sphere,
        Reference = [1.1, 1.1],
        MaxHypervolume = 1.21 - (Math.PI / 4),
    };

    private static double[] Sphere(double[] x)
    {
        double g = 1 + x.Skip(1).Sum(coordinate => (coordinate - 0.5) * (coordinate - 0.5));
        return [g * Math.Cos(Math.PI * x[0] / 2), g * Math.Sin(Math.PI * x[0] / 2)];
    }

    /// <summary>r² is subtracted once for each term of a sum, as the compared implementations do.</summary>
    private static double Discs(double[] f)
    {
        double ends = f.Select((value, i) => Square(value - 1) + f.Where((_, j) => j != i).Sum(other => Square(other) - SquaredRadius)).Min();
        double middle = f.Sum(value => Square(value - (1 / Math.Sqrt(f.Length))) - SquaredRadius);
        return Math.Min(ends, middle);
    }

    private static double Square(double value) => value * value;
}
