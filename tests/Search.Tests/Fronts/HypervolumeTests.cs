using CsCheck;

namespace Distributed.Search.Tests;

public sealed class HypervolumeTests
{
    private static Gen<double[][]> Points(int objectives) => Gen.Double[-0.2, 1.2].Array[objectives].Array[0, 7];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void It_is_what_inclusion_and_exclusion_count(int objectives)
    {
        double[] reference = [.. Enumerable.Repeat(1.0, objectives)];
        Points(objectives).Sample(points => Math.Abs(Hypervolume.Of(points, reference) - InclusionExclusion(points, reference)) < 1e-9, iter: 300);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Of_many_points_it_is_what_random_points_hit(int objectives)
    {
        const int Shots = 100_000;
        var random = new SeededRandom(5, "hypervolume");
        double[] reference = [.. Enumerable.Repeat(1.1, objectives)];
        double[][] points = [.. Enumerable.Range(0, 80).Select(_ => OnSphere(objectives, random))];

        int hit = Enumerable.Range(0, Shots).Count(_ =>
        {
            double[] shot = [.. reference.Select(bound => bound * random.NextDouble())];
            return points.Any(point => point.Zip(shot).All(pair => pair.First <= pair.Second));
        });

        double box = Math.Pow(1.1, objectives);
        double part = Hypervolume.Of(points, reference) / box;
        Assert.Equal((double)hit / Shots, part, 4 * Math.Sqrt(part * (1 - part) / Shots));
    }

    [Fact]
    public void One_box_is_its_own_volume() => Assert.Equal(0.5 * 0.25 * 0.8, Hypervolume.Of([[0.5, 0.75, 0.2]], [1, 1, 1]), 1e-15);

    [Fact]
    public void Equal_and_dominated_points_and_points_outside_add_nothing() =>
        Assert.Equal(0.25, Hypervolume.Of([[0.5, 0.5], [0.5, 0.5], [0.6, 0.7], [0, 1], [2, -5], [double.NaN, 0]], [1, 1]), 1e-15);

    [Fact]
    public void Nothing_dominates_nothing() => Assert.Equal(0, Hypervolume.Of([], [1, 1]));

    private static double[] OnSphere(int objectives, SeededRandom random)
    {
        double[] direction = [.. Enumerable.Range(0, objectives).Select(_ => Math.Abs(random.NextNormal()))];
        double length = Math.Sqrt(direction.Sum(x => x * x));
        return [.. direction.Select(x => x / length)];
    }

    /// <summary>λ(∪ B_i) = Σ_{S ≠ ∅} (−1)^{|S|+1} λ(∩ B_i).</summary>
    private static double InclusionExclusion(double[][] points, double[] reference)
    {
        double sum = 0;
        for (int set = 1; set < 1 << points.Length; set++)
        {
            double volume = 1;
            for (int k = 0; k < reference.Length; k++)
                volume *= Math.Max(0, reference[k] - Enumerable.Range(0, points.Length).Where(i => (set >> i & 1) != 0).Max(i => points[i][k]));
            sum += int.PopCount(set) % 2 == 1 ? volume : -volume;
        }

        return sum;
    }
}
