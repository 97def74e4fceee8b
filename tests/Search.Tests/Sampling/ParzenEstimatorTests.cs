namespace Distributed.Search.Tests;

public sealed class ParzenEstimatorTests
{
    private static readonly Axis Line = Axis.Of(new Parameter.Real("x", 0, 1))!;
    private static readonly Axis Choice = Axis.Of(new Parameter.Categorical("c", ["a", "b", "c"]))!;

    [Fact]
    public void The_density_has_a_whole_of_one()
    {
        var estimator = new ParzenEstimator([Line, Choice], [[0.05, 0.5 / 3], [0.9, 2.5 / 3], [0.4, 0.5 / 3]], [1, 2, 0.5]);

        double whole = new[] { 0.5 / 3, 1.5 / 3, 2.5 / 3 }.Sum(choice => Quadrature.Integrate(x => Math.Exp(estimator.LogDensity([x, choice])), 0, 1))
            / Math.Sqrt(2 * Math.PI);

        Assert.Equal(1, whole, 1e-6);
    }

    [Fact]
    public void Draws_follow_the_density()
    {
        var estimator = new ParzenEstimator([Line, Choice], [[0.1, 0.5 / 3], [0.8, 2.5 / 3]], [3, 1]);
        var random = new SeededRandom(1, "draws");

        var draws = Enumerable.Range(0, 20_000).Select(_ => estimator.Draw(random)).ToList();

        double left = new[] { 0.5 / 3, 1.5 / 3, 2.5 / 3 }.Sum(choice => Quadrature.Integrate(x => Math.Exp(estimator.LogDensity([x, choice])), 0, 0.3))
            / Math.Sqrt(2 * Math.PI);
        double first = Quadrature.Integrate(x => Math.Exp(estimator.LogDensity([x, 0.5 / 3])), 0, 1) / Math.Sqrt(2 * Math.PI);
        Assert.Equal(left, draws.Average(draw => draw[0] < 0.3 ? 1.0 : 0), 0.015);
        Assert.Equal(first, draws.Average(draw => draw[1] < 1.0 / 3 ? 1.0 : 0), 0.015);
    }

    [Fact]
    public void Good_trials_are_the_first_ranks_and_of_the_last_those_that_dominate_most_together()
    {
        Judged[] trials = [At(0, 1, 9), At(1, 2, 8.9), At(2, 9, 1), At(3, 5, 5), At(4, 9.5, 9.5), At(5, 0, 0, violation: 1)];

        var split = GoodAndBad.Of(trials, 3);

        Assert.Equal([0, 2, 3], split.Good.Select(point => point[0]).Order());
        Assert.Equal([1, 4, 5], split.Bad.Select(point => point[0]).Order());
        Assert.Equal(1, split.Weights.Max());
    }

    private static Judged At(double place, double f, double g, double violation = 0) => new([place], [f, g], violation, new([]));
}
