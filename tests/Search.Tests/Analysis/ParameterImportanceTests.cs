namespace Distributed.Search.Tests;

public sealed class ParameterImportanceTests
{
    private static readonly IReadOnlyList<Axis> Axes = new SpaceEncoding(new([
        new Parameter.Real("a", 0, 1),
        new Parameter.Real("b", 0, 1),
        new Parameter.Categorical("c", ["x", "y", "z"]),
        new Parameter.Integer("d", 1, 4),
    ])).Axes;

    [Fact]
    public void What_decides_is_important_and_what_does_not_is_not()
    {
        double[] importance = Of(point => (3 * (point[0] - 0.3) * (point[0] - 0.3)) + (point[2] < 1.0 / 3 ? 0 : 1));

        Assert.Equal(1, importance.Sum(), 1e-12);
        Assert.True(importance[0] + importance[2] > 0.85, string.Join(" ", importance));
        Assert.True(importance[1] < 0.1 && importance[3] < 0.1, string.Join(" ", importance));
    }

    [Fact]
    public void With_counts_alone_it_is_the_divergence_of_the_counts()
    {
        var axes = new SpaceEncoding(new([new Parameter.Categorical("c", ["x", "y"]), new Parameter.Categorical("e", ["x", "y"])])).Axes;
        double[][] points = [[0.25, 0.25], [0.25, 0.75], [0.75, 0.25], [0.75, 0.75]];

        // Best: the two with c = x. p* = (2 + ½, ½)/3, p = ½ each: Σ (p*/p − 1)² p = (2/3)². For e both are ½.
        Assert.Equal([1, 0], ParameterImportance.Of(axes, points, [true, true, false, false]), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_sampler_that_prefers_a_corner_does_not_make_it_important()
    {
        var random = new SeededRandom(3, "corner");
        double[][] points = [.. Enumerable.Range(0, 400).Select(_ => new[] { Math.Pow(random.NextDouble(), 3), random.NextDouble(), 0.5, 0.5 })];

        double[] importance = Of(point => point[1], points);

        Assert.True(importance[1] > 0.8, string.Join(" ", importance));
    }

    /// <summary>The best are a fifth of those with c = x, where b takes part; elsewhere its coordinate stands at one place.</summary>
    [Fact]
    public void A_parameter_is_judged_where_it_takes_part()
    {
        var random = new SeededRandom(5, "conditional");
        bool[] with = [.. Enumerable.Range(0, 400).Select(_ => random.NextDouble() < 0.5)];
        double[][] points = [.. with.Select(own => new[] { random.NextDouble(), own ? random.NextDouble() : 0.5, own ? 1.0 / 6 : 0.5, 0.5 })];
        bool[][] active = [.. with.Select(own => new[] { true, own, true, true })];
        bool[] best = [.. with.Select(own => own && random.NextDouble() < 0.2)];
        bool[] others = [.. with.Select(own => !own && random.NextDouble() < 0.2)];

        double[] importance = ParameterImportance.Of(Axes, points, best, active);

        Assert.True(importance[2] > 0.8 && importance[1] < 0.15, string.Join(" ", importance));
        Assert.Equal(0, ParameterImportance.Of(Axes, points, others, active)[1]);
    }

    [Fact]
    public void Where_all_are_the_best_or_none_nothing_is_told()
    {
        double[][] points = [[0.1, 0.2, 0.5, 0.5], [0.9, 0.3, 0.5, 0.5]];
        Assert.Equal([0, 0, 0, 0], ParameterImportance.Of(Axes, points, [true, true]));
        Assert.Equal([0, 0, 0, 0], ParameterImportance.Of(Axes, points, [false, false]));
    }

    private static double[] Of(Func<double[], double> loss, double[][]? points = null)
    {
        var random = new SeededRandom(1, "importance");
        points ??= [.. Enumerable.Range(0, 300).Select(_ => new[] { random.NextDouble(), random.NextDouble(), ((int)(3 * random.NextDouble()) + 0.5) / 3, ((int)(4 * random.NextDouble()) + 0.5) / 4 })];
        double limit = points.Select(loss).Order().ElementAt(points.Length / 10);
        return ParameterImportance.Of(Axes, points, [.. points.Select(point => loss(point) <= limit)]);
    }
}
