using CsCheck;

namespace Distributed.Search.Tests;

public sealed class LogImprovementTests
{
    private static readonly Gen<double[]> Loss2 = Gen.Double[-0.1, 1.1].Array[2];

    [Fact]
    public void With_a_known_cost_it_is_the_integral_of_the_improvement() =>
        Gen.Select(Loss2.Array[0, 6], Gen.Double[0, 1], Gen.Double[0.02, 0.4], Gen.Double[-0.1, 1.2]).Sample((front, mean, deviation, cost) =>
        {
            double expected = Quadrature.Integrate(
                x => Gain(front, [x, cost]) * Normal.Density((x - mean) / deviation) / deviation, mean - (9 * deviation), mean + (9 * deviation));
            return Math.Abs(Improvement(front, [new(mean, deviation), new(cost, 0)]) - expected) < 1e-4 * (1 + expected);
        }, iter: 60);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Without_deviation_it_is_the_gain_in_hypervolume(int objectives)
    {
        var loss = Gen.Double[-0.1, 1.1].Array[objectives];
        Gen.Select(loss.Array[0, 9], loss).Sample((front, point) => IsGain(front, point), iter: 200);
        // On a grid points tie in some coordinates and are equal at times.
        var tied = Gen.Int[0, 4].Select(i => i / 4.0).Array[objectives];
        Gen.Select(tied.Array[0, 12], tied).Sample((front, point) => IsGain(front, point), iter: 200);
    }

    [Fact]
    public void With_several_modelled_objectives_it_is_the_mean_of_many_draws()
    {
        double[][] front = [[0.2, 0.8, 0.5], [0.5, 0.4, 0.6], [0.7, 0.2, 0.3], [0.4, 0.6, 0.2]];
        Prediction[] losses = [new(0.35, 0.2), new(0.45, 0.1), new(0.4, 0.3)];
        var random = new SeededRandom(2, "monte-carlo");
        const int Draws = 40_000;

        double mean = Enumerable.Range(0, Draws).Average(_ => Gain(front, [.. losses.Select(loss => loss.Mean + (loss.Deviation * random.NextNormal()))]));

        Assert.InRange(Improvement(front, losses) / mean, 0.97, 1.03);
    }

    [Fact]
    public void With_one_objective_it_is_the_expected_improvement_of_Mockus() =>
        Assert.Equal(
            0.1 * (Normal.Density(0.5) - (0.5 * (1 - Normal.Distribution(0.5)))), Improvement([[0.4], [0.3], [0.9]], [new(0.35, 0.1)]), 1e-12);

    [Fact]
    public void Behind_the_reference_there_is_nothing_to_gain() =>
        Assert.Equal(double.NegativeInfinity, Of(new([[0.5, 0.5]], [1, 1]), [new(0.2, 0.1), new(1.0, 0)]).Value);

    [Fact]
    public void Where_the_improvement_itself_would_vanish_its_logarithm_still_points_the_way()
    {
        var improvement = new LogImprovement([[0.1, 0.1]], [1, 1]);

        var near = Of(improvement, [new(0.5, 0.001), new(0.5, 0.001)]);
        var far = Of(improvement, [new(0.6, 0.001), new(0.6, 0.001)]);

        Assert.InRange(near.Value, -90_000, -70_000);
        Assert.True(far.Value < near.Value - 10_000 && far.OfMean[0] < 0 && double.IsFinite(far.OfMean[0]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_gradient_agrees_with_finite_differences(int objectives)
    {
        var loss = Gen.Double[0, 1].Array[objectives];
        Gen.Select(loss.Array[0, 6], Gen.Double[-0.2, 1.3].Array[objectives], Gen.Double[0.05, 0.4].Array[objectives]).Sample((front, means, deviations) =>
        {
            var improvement = new LogImprovement(front, [.. means.Select(_ => 1.0)]);
            Prediction[] losses = [.. means.Zip(deviations, (mean, deviation) => new Prediction(mean, deviation))];
            var found = Of(improvement, losses);
            return Enumerable.Range(0, objectives).All(i =>
                IsNear(found.OfMean[i], Difference(improvement, losses, i, (p, h) => p with { Mean = p.Mean + h }))
                && IsNear(found.OfDeviation[i], Difference(improvement, losses, i, (p, h) => p with { Deviation = p.Deviation + h })));
        }, iter: 60);
    }

    private static double Difference(LogImprovement improvement, Prediction[] losses, int i, Func<Prediction, double, Prediction> move)
    {
        const double Step = 1e-6;
        Prediction[] up = [.. losses];
        Prediction[] down = [.. losses];
        (up[i], down[i]) = (move(up[i], Step), move(down[i], -Step));
        return (Of(improvement, up).Value - Of(improvement, down).Value) / (2 * Step);
    }

    private static bool IsNear(double found, double expected) => Math.Abs(found - expected) < 1e-4 * (1 + Math.Abs(expected));

    private static (double Value, double[] OfMean, double[] OfDeviation) Of(LogImprovement improvement, Prediction[] losses)
    {
        double[] ofMean = new double[losses.Length];
        double[] ofDeviation = new double[losses.Length];
        return (improvement.Of(losses, ofMean, ofDeviation), ofMean, ofDeviation);
    }

    private static double Improvement(double[][] front, Prediction[] losses) =>
        Math.Exp(Of(new(front, [.. losses.Select(_ => 1.0)]), losses).Value);

    private static bool IsGain(double[][] front, double[] point) =>
        Math.Abs(Improvement(front, [.. point.Select(loss => new Prediction(loss, 0))]) - Gain(front, point)) < 1e-9;

    private static double Gain(double[][] front, double[] point)
    {
        double[] reference = [.. point.Select(_ => 1.0)];
        return Hypervolume.Of([.. front, point], reference) - Hypervolume.Of(front, reference);
    }
}
