namespace Distributed.Search.Tests;

public sealed class GaussianProcessDrawsTests
{
    private static readonly double[] Theta = [-1, 0.5, -2];
    private static readonly TrainingSet Noisy = new([[0.1], [0.3], [0.6], [0.9]], [true], [1, 3, 2, 5], [0, 0.2, 0, 0.5]);

    [Fact]
    public void Draws_at_a_trial_are_spread_as_the_noisy_process_says()
    {
        var process = GaussianProcess.At(Noisy, Theta, KernelKind.Matern52);
        var drawn = GaussianProcess.Drawn(Noisy, Theta, KernelKind.Matern52, 4000, new(2, "draws"));
        double[] means = new double[4000];

        foreach (double[] point in Noisy.Inputs)
        {
            var expected = process.Predict(point);
            drawn.Predict(point, means);
            double mean = means.Average();

            Assert.Equal(expected.Mean, mean, 0.06 * expected.Deviation);
            Assert.Equal(expected.Deviation, Math.Sqrt(means.Average(value => (value - mean) * (value - mean))), 0.05 * expected.Deviation);
        }
    }

    [Fact]
    public void Where_a_trial_was_made_nothing_is_left_to_be_found_out()
    {
        var drawn = GaussianProcess.Drawn(Noisy, Theta, KernelKind.Matern52, 16, new(2, "draws"));
        var process = GaussianProcess.At(Noisy, Theta, KernelKind.Matern52);

        Assert.All(Noisy.Inputs, point => Assert.True(drawn.Predict(point).Deviation < 0.01 * process.Predict(point).Deviation));
        Assert.Equal(process.Predict([0.45]).Mean, drawn.Predict([0.45]).Mean, 1e-12);
    }

    [Fact]
    public void What_each_draw_expects_changes_with_the_point_as_its_gradient_says()
    {
        const double Step = 1e-5;
        var drawn = GaussianProcess.Drawn(Noisy, Theta, KernelKind.Matern52, 3, new(2, "draws"));
        double[][] slopes = [[0], [0], [0]];
        double[] up = new double[3];
        double[] down = new double[3];

        drawn.Slopes([0.45], slopes);
        drawn.Predict([0.45 + Step], up);
        drawn.Predict([0.45 - Step], down);

        for (int s = 0; s < 3; s++) Assert.Equal((up[s] - down[s]) / (2 * Step), slopes[s][0], 1e-5);
    }

    [Fact]
    public void How_well_it_foretells_its_trials_does_not_depend_on_the_draws()
    {
        var drawn = GaussianProcess.Drawn(Noisy, Theta, KernelKind.Matern52, 16, new(2, "draws"));

        Assert.Equal(GaussianProcess.At(Noisy, Theta, KernelKind.Matern52).LeaveOneOut().Errors, drawn.LeaveOneOut().Errors);
    }
}
