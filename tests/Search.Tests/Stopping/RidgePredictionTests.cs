namespace Distributed.Search.Tests;

public sealed class RidgePredictionTests
{
    [Fact]
    public void One_feature_has_the_closed_form()
    {
        // Standardised x = ±1 twice each, y = ȳ ± 0.4 ± 0.1: XᵀX + λ = 5, Xᵀy = 1.6, w = 0.32, tr H = 4/5,.
        (double[], double)[] examples = [([0.0], 0.5), ([0.0], 0.7), ([2.0], 1.3), ([2.0], 1.5)];

        var (mean, deviation) = new RidgePrediction(examples).At([3.0]);

        Assert.Equal(1 + (0.32 * 2), mean, 12);
        double rest = (2 * 0.18 * 0.18) + (2 * 0.02 * 0.02);
        Assert.Equal(Math.Sqrt(rest / (4 - 1 - 0.8) * (1 + 0.25 + (4 / 5.0))), deviation, 12);
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

        Assert.Equal(Direct(examples, at), mean, 9);
        Assert.InRange(mean, 2 + 0.3 + 0.5 - 0.2, 2 + 0.3 + 0.5 + 0.2);
    }

    [Fact]
    public void A_feature_that_never_varies_tells_nothing() =>
        Assert.Equal(0.5, new RidgePrediction([([1.0], 0.4), ([1.0], 0.6)]).At([7.0]).Mean, 12);

    /// <summary>Gradient descent on the penalised squares: slow, and nothing of the factorisation in it.</summary>
    private static double Direct((double[] Features, double Target)[] examples, double[] at)
    {
        int width = at.Length;
        double[] means = [.. Enumerable.Range(0, width).Select(j => examples.Average(one => one.Features[j]))];
        double[] deviations = [.. Enumerable.Range(0, width).Select(j => Math.Sqrt(examples.Average(one => Math.Pow(one.Features[j] - means[j], 2))))];
        double[] Scaled(double[] x) => [.. x.Select((value, j) => (value - means[j]) / deviations[j])];
        double target = examples.Average(one => one.Target);
        double[] w = new double[width];
        for (int step = 0; step < 20_000; step++)
        {
            double[] gradient = [.. w];
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
