using CsCheck;

namespace Distributed.Search.Tests;

public sealed class ExpectedImprovementTests
{
    private static readonly Gen<double[]> Loss2 = Gen.Double[-0.1, 1.1].Array[2];
    private static readonly Gen<double[]> Loss3 = Gen.Double[-0.1, 1.1].Array[3];

    [Fact]
    public void With_a_known_cost_it_is_the_integral_of_the_improvement() =>
        Gen.Select(Loss2.Array[0, 6], Gen.Double[0, 1], Gen.Double[0.02, 0.4], Gen.Double[-0.1, 1.2]).Sample((front, mean, deviation, cost) =>
        {
            double expected = Quadrature.Integrate(
                x => Gain(front, [x, cost]) * Normal.Density((x - mean) / deviation) / deviation, mean - (9 * deviation), mean + (9 * deviation));
            double found = new ExpectedImprovement(front, [1, 1]).Of([new(mean, deviation), new(cost, 0)]);
            return Math.Abs(found - expected) < 1e-4 * (1 + expected);
        }, iter: 60);

    [Fact]
    public void Without_deviation_it_is_the_gain_in_hypervolume()
    {
        Gen.Select(Loss2.Array[0, 6], Loss2).Sample((front, point) => IsGain(front, point), iter: 300);
        Gen.Select(Loss3.Array[0, 6], Loss3).Sample((front, point) => IsGain(front, point), iter: 300);
    }

    [Fact]
    public void With_several_modelled_objectives_it_is_the_mean_of_many_draws()
    {
        double[][] front = [[0.2, 0.8, 0.5], [0.5, 0.4, 0.6], [0.7, 0.2, 0.3], [0.4, 0.6, 0.2]];
        Prediction[] losses = [new(0.35, 0.2), new(0.45, 0.1), new(0.4, 0.3)];
        var random = new SeededRandom(2, "monte-carlo");
        const int Draws = 40_000;

        double mean = Enumerable.Range(0, Draws).Average(_ => Gain(front, [.. losses.Select(loss => loss.Mean + (loss.Deviation * random.NextNormal()))]));
        double found = new ExpectedImprovement(front, [1, 1, 1]).Of(losses);

        Assert.InRange(found / mean, 0.97, 1.03);
    }

    [Fact]
    public void With_one_objective_it_is_the_expected_improvement_of_Mockus()
    {
        double found = new ExpectedImprovement([[0.4], [0.3], [0.9]], [1.0]).Of([new(0.35, 0.1)]);

        Assert.Equal(0.1 * (Normal.Density(0.5) - (0.5 * (1 - Normal.Distribution(0.5)))), found, 1e-12);
    }

    [Fact]
    public void Behind_the_reference_there_is_nothing_to_gain() =>
        Assert.Equal(0, new ExpectedImprovement([[0.5, 0.5]], [1, 1]).Of([new(0.2, 0.1), new(1.0, 0)]));

    private static bool IsGain(double[][] front, double[] point)
    {
        double[] reference = [.. point.Select(_ => 1.0)];
        double found = new ExpectedImprovement(front, reference).Of([.. point.Select(loss => new Prediction(loss, 0))]);
        return Math.Abs(found - Gain(front, point)) < 1e-9;
    }

    private static double Gain(double[][] front, double[] point)
    {
        double[] reference = [.. point.Select(_ => 1.0)];
        return Hypervolume.Of([.. front, point], reference) - Hypervolume.Of(front, reference);
    }
}
