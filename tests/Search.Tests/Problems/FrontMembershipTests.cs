using CsCheck;

namespace Distributed.Search.Tests;

/// <summary>Where the fronts of the scalable problems are known to lie.</summary>
public sealed class FrontMembershipTests
{
    public static TheoryData<string, int> Dtlz => Over(1, 7, "DTLZ");

    public static TheoryData<string, int> Wfg => Over(1, 9, "WFG");

    [Theory, MemberData(nameof(Dtlz))]
    public void A_dtlz_front_is_where_the_distance_parameters_are_at_their_best(string name, int objectives)
    {
        var problem = TestProblems.Find(name);
        double best = name[4] switch { '6' or '7' => 0, _ => 0.5 };
        Positions(objectives - 1).Sample(positions =>
        {
            double[] f = problem.Objectives([.. positions, .. Enumerable.Repeat(best, 5)]);
            double residual = name[4] switch
            {
                '1' => f.Sum() - 0.5,
                '7' => f[^1] - (2 * (objectives - f[..^1].Sum(value => value / 2 * (1 + Math.Sin(3 * Math.PI * value))))),
                _ => f.Sum(value => value * value) - 1,
            };
            return Math.Abs(residual) < 1e-9;
        }, iter: 50);
    }

    [Theory, MemberData(nameof(Wfg))]
    public void A_wfg_front_is_where_the_distance_parameters_are_at_their_best(string name, int objectives)
    {
        var problem = TestProblems.Find(name);
        Positions(2 * (objectives - 1)).Sample(positions =>
        {
            double[] f = problem.Objectives(AtBest(name, positions));
            double[] heights = [.. f.Select((value, i) => value / (2 * (i + 1)))];
            return name[3] switch
            {
                '1' or '2' => heights.All(height => height is >= -1e-9 and <= 1.1),
                '3' => Math.Abs(heights.Sum() - 1) < 1e-9,
                _ => Math.Abs(heights.Sum(height => height * height) - 1) < 1e-9,
            };
        }, iter: 50);
    }

    [Theory, MemberData(nameof(Dtlz)), MemberData(nameof(Wfg))]
    public void Nothing_drawn_at_random_lies_below_the_front(string name, int objectives)
    {
        var problem = TestProblems.Find(name);
        var encoding = new SpaceEncoding(problem.Space);
        Gen.Double[0, 1].Array[problem.Space.Parameters.Count].Sample(point =>
        {
            double[] f = problem.Objectives(problem.PointOf(encoding.Decode(point)));
            double[] heights = [.. f.Select((value, i) => value / (2 * (i + 1)))];
            return f.Length == objectives && f.All(double.IsFinite) && (name[..^(name.Contains('-') ? 2 : 0)] switch
            {
                "DTLZ1" => f.Sum() > 0.5 - 1e-9,
                "DTLZ7" or "WFG1" or "WFG2" => f[..^1].All(value => value >= -1e-9),
                "WFG3" => heights.Sum() > 1 - 1e-9,
                ['W', ..] => heights.Sum(height => height * height) > 1 - 1e-9,
                _ => f.Sum(value => value * value) > 1 - 1e-9,
            });
        }, iter: 50);
    }

    [Fact]
    public void The_ends_of_the_wavy_and_the_broken_front_are_known()
    {
        double[] best = [.. Enumerable.Range(3, 4).Select(i => 2 * i * 0.35)];

        Assert.Equal([0, 4], TestProblems.Find("WFG1").Objectives([0, 0, .. best]), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([2, 0], TestProblems.Find("WFG1").Objectives([2, 4, .. best]), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([0, 4], TestProblems.Find("WFG2").Objectives([0, 0, .. best]), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([2 * (1 - Math.Cos(Math.PI / 10)), 4 * (1 - 0.2)], TestProblems.Find("WFG2").Objectives([0.4, 0.8, .. best]), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void The_curve_of_dtlz5_leaves_the_first_two_objectives_equal_up_to_the_last_angle() =>
        Assert.Equal(0, TestProblems.Find("DTLZ5-3").Objectives([0.3, 0.9, .5, .5, .5, .5, .5]) is var f ? f[0] - f[1] : 1, 1e-12);

    /// <summary>Distance parameters with y_i = 0.35 after the transformation that ties them to others, the last first where it does.</summary>
    private static double[] AtBest(string name, double[] positions)
    {
        double[] y = [.. positions, 0.35, 0.35, 0.35, 0.35];
        if (name[3] == '8')
        {
            for (int i = positions.Length; i < y.Length; i++) y[i] = Math.Pow(0.35, 1 / Power(y[..i].Average()));
        }

        if (name[3] == '9')
        {
            for (int i = y.Length - 2; i >= positions.Length; i--) y[i] = Math.Pow(0.35, 1 / Power(y[(i + 1)..].Average()));
        }

        return [.. y.Select((u, i) => u * 2 * (i + 1))];
    }

    /// <summary>B + (C − B) v(u), written in two halves: v = A − (1 − 2u) A below ½ and A − (1 − 2u)(1 − A) above.</summary>
    private static double Power(double u)
    {
        const double A = 0.98 / 49.98;
        return 0.02 + (49.98 * (A - ((1 - (2 * u)) * (u <= 0.5 ? A : 1 - A))));
    }

    private static Gen<double[]> Positions(int count) => Gen.Double[0, 1].Array[count];

    private static TheoryData<string, int> Over(int first, int last, string family)
    {
        var data = new TheoryData<string, int>();
        foreach (int objectives in (int[])[2, 3, 4])
        {
            for (int i = first; i <= last; i++) data.Add(Invariant($"{family}{i}{(objectives == 2 ? "" : Invariant($"-{objectives}"))}"), objectives);
        }

        return data;
    }
}
