namespace Distributed.Testing;

/// <summary>DTLZ1 to DTLZ7 (Deb, Thiele, Laumanns and Zitzler 2002) and C2-DTLZ2 (Jain and Deb 2014).</summary>
/// <remarks>
/// Notation: m objectives, d = m + 4 parameters, of which the first m − 1 say where on the front (θ) and the others how far from it (g ≥ 0). Fronts:
/// DTLZ1 the plane Σ f = ½; DTLZ2 to 4 the unit sphere; DTLZ5 and 6 a curve on it; DTLZ7 disconnected pieces. The largest hypervolume is the
/// box of the reference less what lies below the front.
/// </remarks>
internal static class Dtlz
{
    private const double SquaredRadius = 0.2 * 0.2;

    /// <summary>Discs of radius r = 0.2 around the front's ends and its middle are kept; the largest hypervolume is an approximation by NSGA-II.</summary>
    public static TestProblem ConstrainedTwo { get; } = Two(2) with
    {
        Name = "C2DTLZ2",
        Constraint = x => Discs(Sphere(x, 2, Near)),
        MaxHypervolume = 0.3996406303723544,
    };

    /// <summary>All seven with so many objectives; "DTLZ2-3" has three.</summary>
    public static IEnumerable<TestProblem> Of(int objectives)
    {
        double below = 1;
        for (int i = 1; i <= objectives; i++) below *= 0.5 / i;
        yield return Of("DTLZ1", objectives, 400, below, x => Plane(x, objectives));
        yield return Two(objectives);
        yield return Of("DTLZ3", objectives, 10_000, Ball(objectives), x => Sphere(x, objectives, Rugged));
        yield return Of("DTLZ4", objectives, 1.1, Ball(objectives), x => Sphere([.. x.Select((u, i) => i < objectives - 1 ? Math.Pow(u, 100) : u)], objectives, Near));
        yield return Of("DTLZ5", objectives, 10, null, x => Curve(x, objectives, Near));
        yield return Of("DTLZ6", objectives, 10, null, x => Curve(x, objectives, last => last.Sum(u => Math.Pow(u, 0.1))));
        yield return Of("DTLZ7", objectives, 15, null, x => Pieces(x, objectives));
    }

    /// <summary>The part of the unit ball in which all coordinates are positive: π^{m/2} / (2^m Γ(m/2 + 1)).</summary>
    internal static double Ball(int dimensions) => dimensions switch { 2 => Math.PI / 4, 3 => Math.PI / 6, 4 => Math.PI * Math.PI / 32, _ => throw new ArgumentOutOfRangeException(nameof(dimensions)) };

    private static TestProblem Two(int objectives) => Of("DTLZ2", objectives, 1.1, Ball(objectives), x => Sphere(x, objectives, Near));

    private static TestProblem Of(string name, int objectives, double reference, double? below, Func<double[], double[]> values) => new()
    {
        Name = objectives == 2 ? name : Invariant($"{name}-{objectives}"),
        Space = TestProblem.Reals(objectives + 4),
        Objectives = values,
        Reference = [.. Enumerable.Repeat(reference, objectives)],
        MaxHypervolume = Math.Pow(reference, objectives) - below,
    };

    private static double Near(double[] last) => last.Sum(u => Square(u - 0.5));

    private static double Rugged(double[] last) => 100 * (last.Length + last.Sum(u => Square(u - 0.5) - Math.Cos(20 * Math.PI * (u - 0.5))));

    private static double[] Plane(double[] x, int objectives)
    {
        double scale = 0.5 * (1 + Rugged(x[(objectives - 1)..]));
        return [.. Enumerable.Range(0, objectives).Select(i => scale * x[..(objectives - 1 - i)].Aggregate(1.0, (f, u) => f * u) * (i == 0 ? 1 : 1 - x[objectives - 1 - i]))];
    }

    private static double[] Sphere(double[] x, int objectives, Func<double[], double> far) =>
        OnSphere([.. x[..(objectives - 1)].Select(u => u * Math.PI / 2)], 1 + far(x[(objectives - 1)..]));

    /// <summary>All angles but the first are drawn to 45° as g falls.</summary>
    private static double[] Curve(double[] x, int objectives, Func<double[], double> far)
    {
        double g = far(x[(objectives - 1)..]);
        return OnSphere([.. x[..(objectives - 1)].Select((u, i) => i == 0 ? u * Math.PI / 2 : Math.PI / (4 * (1 + g)) * (1 + (2 * g * u)))], 1 + g);
    }

    private static double[] OnSphere(double[] angles, double radius) => [.. Enumerable.Range(0, angles.Length + 1).Select(i =>
        radius * angles[..(angles.Length - i)].Aggregate(1.0, (f, angle) => f * Math.Cos(angle)) * (i == 0 ? 1 : Math.Sin(angles[angles.Length - i])))];

    private static double[] Pieces(double[] x, int objectives)
    {
        double g = 1 + (9 * x[(objectives - 1)..].Average());
        double[] first = x[..(objectives - 1)];
        return [.. first, (1 + g) * (objectives - first.Sum(f => f / (1 + g) * (1 + Math.Sin(3 * Math.PI * f))))];
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
