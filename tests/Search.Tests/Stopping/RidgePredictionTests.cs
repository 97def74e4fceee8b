namespace Distributed.Search.Tests;

public sealed class RidgePredictionTests
{
    [Fact]
    public void One_feature_has_the_closed_form()
    {
        // Standardised x = ±1 twice each, y = ȳ ± 0.4 ± 0.1. With λ = 0.1: XᵀX + λ = 4.1, Xᵀy = 1.6, w = 1.6/4.1, tr H = 4/4.1, ν = 2.02.
        // n|y − ŷ|²/ν² is 0.0542 for λ = 1, 0.0394 for 0.1 and 0.0399 for 0.01.
        (double[], double)[] examples = [([0.0], 0.5), ([0.0], 0.7), ([2.0], 1.3), ([2.0], 1.5)];

        var (mean, deviation) = new RidgePrediction(examples).At([3.0]);

        double weight = 1.6 / 4.1;
        Assert.Equal(1 + (weight * 2), mean, 12);
        double rest = (2 * Math.Pow(0.5 - weight, 2)) + (2 * Math.Pow(weight - 0.3, 2));
        Assert.Equal(Math.Sqrt(rest / (3 - (4 / 4.1)) * (1 + 0.25 + (4 / 4.1))), deviation, 12);
    }

    [Fact]
    public void It_agrees_with_the_normal_equations_solved_directly()
    {
        SeededRandom random = new(1, "ridge");
        (double[] Features, double Target)[] examples = [.. Enumerable.Range(0, 30).Select(_ =>
        {
            double[] x = [random.NextNormal(), random.NextNormal() * 3, 5 + random.NextNormal()];
            return (x, 2 + x[0] - (0.5 * x[1]) + (0.1 * random.NextNormal()));
        })];
        double[] at = [0.3, -1, 4];

        double mean = new RidgePrediction(examples).At(at).Mean;

        Assert.Equal(Direct(examples, at, 0.01), mean, 9);
        Assert.InRange(mean, 2 + 0.3 + 0.5 - 0.2, 2 + 0.3 + 0.5 + 0.2);
    }

    /// <summary>Four examples of three features lie on a plane: no penalty that would follow it is taken.</summary>
    [Fact]
    public void Few_examples_are_not_followed_closely()
    {
        (double[] Features, double Target)[] examples = [([0, 0, 0], 0.1), ([1, 0, 0], 0.5), ([0, 1, 0], 0.2), ([0, 0, 1], 0.9)];
        double[] at = [0.5, 0.5, 2];

        Assert.Equal(Direct(examples, at, 1), new RidgePrediction(examples).At(at).Mean, 9);
    }

    /// <summary>Accuracy in the end follows that at the rung one to one; a penalty of 1 would take a twelfth of it away.</summary>
    [Fact]
    public void What_explains_the_target_is_not_shrunk()
    {
        (double[] Features, double Target)[] examples = [.. Enumerable.Range(0, 12).Select(i => ((double[])[i / 12.0], 0.2 + (i / 12.0)))];

        Assert.Equal(1.2, new RidgePrediction(examples).At([1.0]).Mean, 2e-3);
    }

    [Fact]
    public void A_feature_that_never_varies_tells_nothing() =>
        Assert.Equal(0.5, new RidgePrediction([([1.0], 0.4), ([1.0], 0.6)]).At([7.0]).Mean, 12);

    /// <summary>Gradient descent on the penalised squares: slow, and nothing of the factorisation in it.</summary>
    private static double Direct((double[] Features, double Target)[] examples, double[] at, double penalty)
    {
        int width = at.Length;
        double[] means = [.. Enumerable.Range(0, width).Select(j => examples.Average(one => one.Features[j]))];
        double[] deviations = [.. Enumerable.Range(0, width).Select(j => Math.Sqrt(examples.Average(one => Math.Pow(one.Features[j] - means[j], 2))))];
        double[] Scaled(double[] x) => [.. x.Select((value, j) => (value - means[j]) / deviations[j])];
        double target = examples.Average(one => one.Target);
        double[] w = new double[width];
        for (int step = 0; step < 20_000; step++)
        {
            double[] gradient = [.. w.Select(weight => penalty * weight)];
            foreach (var (features, y) in examples)
            {
                double[] x = Scaled(features);
                double error = x.Zip(w, (a, b) => a * b).Sum() - (y - target);
                for (int j = 0; j < width; j++) gradient[j] += error * x[j];
            }

            for (int j = 0; j < width; j++) w[j] -= 0.01 * gradient[j];
        }

        return target + Scaled(at).Zip(w, (a, b) => a * b).Sum();
    }
}
