namespace Distributed.Search.Tests;

public sealed class GaussianProcessTests
{
    private static readonly double[] Theta = [-0.7, 0.2, 0.4, 0.6, -3];

    private static readonly double Amplitude = Math.Exp(Theta[3]);

    [Theory]
    [InlineData(KernelKind.Matern52)]
    [InlineData(KernelKind.SquaredExponential)]
    internal void The_gradient_agrees_with_finite_differences(KernelKind kind)
    {
        var likelihood = MarginalLikelihood.Of(Data(24), kind);
        double[] gradient = new double[5];
        likelihood.Evaluate(Theta, gradient);

        for (int j = 0; j < Theta.Length; j++)
        {
            const double Step = 1e-5;
            double[] up = [.. Theta];
            double[] down = [.. Theta];
            (up[j], down[j]) = (up[j] + Step, down[j] - Step);
            double difference = (likelihood.Evaluate(up, new double[5]) - likelihood.Evaluate(down, new double[5])) / (2 * Step);
            Assert.Equal(difference, gradient[j], 1e-5);
        }
    }

    [Fact]
    public void The_likelihood_is_that_of_the_dense_formula()
    {
        var data = Data(15);
        double[] y = Standardization.Of(data.Targets).Values;
        (double[,] inverse, double logarithm) = DenseAlgebra.Invert(Covariance(data));
        double quadratic = Enumerable.Range(0, 15).Sum(i => Enumerable.Range(0, 15).Sum(j => y[i] * inverse[i, j] * y[j]));
        double penalty = Hyperparameters.Penalty(Theta, new double[5]);

        Assert.Equal((0.5 * (quadratic + logarithm)) + penalty, MarginalLikelihood.Of(data, KernelKind.Matern52).Evaluate(Theta, new double[5]), 1e-9);
    }

    [Fact]
    public void Mean_and_deviation_are_those_of_the_dense_formula()
    {
        var data = Data(20);
        var process = GaussianProcess.At(data, Theta, KernelKind.Matern52);
        (var scale, double[] y) = Standardization.Of(data.Targets);
        (double[,] inverse, _) = DenseAlgebra.Invert(Covariance(data));
        double[] point = [0.33, 0.81, 0.5];
        double[] k = [.. data.Inputs.Select(input => Amplitude * Kernel(input, point))];
        double Form(Func<int, double> left, Func<int, double> right) => Enumerable.Range(0, 20).Sum(i => Enumerable.Range(0, 20).Sum(j => left(i) * inverse[i, j] * right(j)));

        var found = process.Predict(point);

        Assert.Equal(scale.Mean + (scale.Deviation * Form(i => k[i], j => y[j])), found.Mean, 1e-10);
        Assert.Equal(scale.Deviation * Math.Sqrt((Amplitude * (1 + Trend(point, point))) - Form(i => k[i], j => k[j])), found.Deviation, 1e-10);
    }

    [Theory]
    [InlineData(KernelKind.Matern52)]
    [InlineData(KernelKind.SquaredExponential)]
    internal void Predictions_change_with_the_point_as_their_gradient_says(KernelKind kind)
    {
        const double Step = 1e-5;
        var process = GaussianProcess.At(Data(20), Theta, kind);
        double[] point = [0.33, 0.81, 0.5];
        double[] ofMean = new double[3];
        double[] ofDeviation = new double[3];

        Assert.Equal(process.Predict(point), process.Predict(point, ofMean, ofDeviation));
        for (int j = 0; j < 2; j++)
        {
            double[] up = [.. point];
            double[] down = [.. point];
            (up[j], down[j]) = (up[j] + Step, down[j] - Step);
            Assert.Equal((process.Predict(up).Mean - process.Predict(down).Mean) / (2 * Step), ofMean[j], 1e-6);
            Assert.Equal((process.Predict(up).Deviation - process.Predict(down).Deviation) / (2 * Step), ofDeviation[j], 1e-6);
        }

        Assert.Equal(0, ofMean[2]);
    }

    [Fact]
    public void The_noise_goes_to_its_floor_where_there_is_none_and_does_not_where_there_is()
    {
        var exact = Data(50);
        var random = new SeededRandom(6, "noise");
        double deviation = Standardization.Of(exact.Targets).Scale.Deviation;
        var noisy = exact with { Targets = [.. exact.Targets.Select(target => target + (0.3 * deviation * random.NextNormal()))] };

        Assert.InRange(Noise(exact), Hyperparameters.LeastNoise, 10 * Hyperparameters.LeastNoise);
        Assert.InRange(Noise(noisy), 0.02, 0.3);
    }

    /// <summary>A bowl of which the trials have seen but a part of the way up; steps that come and go within the range seen.</summary>
    [Fact]
    public void The_amplitude_goes_beyond_the_targets_where_they_change_gently_and_stays_where_they_do_not()
    {
        double[][] inputs = [.. Enumerable.Range(0, 24).Select(i => (double[])[i / 23.0, i * 0.618 % 1])];
        double Fitted(Func<double[], double> target) => Hyperparameters.Amplitude([.. Fit(new(inputs, [true, true], [.. inputs.Select(target)], new double[24])).Theta]);

        Assert.InRange(Fitted(x => Math.Pow(x[0] - 0.5, 2) + Math.Pow(x[1] - 0.5, 2)), 3, 100);
        Assert.InRange(Fitted(x => Math.Sin(40 * x[0]) + Math.Sin(50 * x[1])), 0.3, 1.5);
    }

    [Theory]
    [InlineData(0, KernelKind.Matern52)]
    [InlineData(0.05, KernelKind.Matern52)]
    [InlineData(0.3, KernelKind.SquaredExponential)]
    internal void Where_there_is_much_noise_the_kernel_is_the_smoother_one(double deviation, KernelKind kind)
    {
        var exact = Data(50);
        double known = Math.Pow(deviation * Standardization.Of(exact.Targets).Scale.Deviation, 2);
        var random = new SeededRandom(6, "noise");
        double[] targets = [.. exact.Targets.Select(target => target + (Math.Sqrt(known) * random.NextNormal()))];

        Assert.Equal(kind, Fit(exact with { Targets = targets }).Kind);
        Assert.Equal(kind, Fit(exact with { Targets = targets, Variances = [.. targets.Select(_ => known)] }).Kind);
    }

    [Fact]
    public void Believing_points_keeps_every_mean_and_widens_no_deviation()
    {
        var process = GaussianProcess.At(Data(20), Theta, KernelKind.Matern52);
        double[] point = [0.9, 0.1, 0.5];
        var believing = process.Believe(point).Believe([0.2, 0.7, 0.0]);

        foreach (double[] other in (double[][])[point, [0.5, 0.5, 0.0], [0.1, 0.9, 1.0]])
        {
            Assert.Equal(process.Predict(other).Mean, believing.Predict(other).Mean, 1e-9);
            Assert.True(believing.Predict(other).Deviation <= process.Predict(other).Deviation + 1e-12);
        }
    }

    [Fact]
    public void Believing_a_point_shrinks_its_variance_as_one_noisy_observation_does()
    {
        var data = Data(20);
        var process = GaussianProcess.At(data, Theta, KernelKind.Matern52);
        double[] point = [0.9, 0.1, 0.5];
        double before = Math.Pow(process.Predict(point).Deviation, 2);
        double noise = Amplitude * Hyperparameters.Noise(Theta) * Math.Pow(Standardization.Of(data.Targets).Scale.Deviation, 2);

        Assert.Equal(before * noise / (before + noise), Math.Pow(process.Believe(point).Predict(point).Deviation, 2), 1e-10);
    }

    [Fact]
    public void A_fit_predicts_what_it_has_not_seen_and_knows_how_well()
    {
        var seen = Data(60);
        var unseen = Data(160);
        var process = Fit(seen);
        double spread = Standardization.Of(seen.Targets).Scale.Deviation;

        var errors = Enumerable.Range(60, 100).Select(i => (Error: unseen.Targets[i] - process.Predict(unseen.Inputs[i]).Mean, process.Predict(unseen.Inputs[i]).Deviation)).ToList();

        Assert.True(Math.Sqrt(errors.Average(error => error.Error * error.Error)) < 0.25 * spread);
        Assert.True(errors.Count(error => Math.Abs(error.Error) < 3 * (error.Deviation + 0.02)) > 90);
    }

    [Fact]
    public void A_noisy_trial_pulls_less_than_an_exact_one()
    {
        var exact = new TrainingSet([[0.2], [0.5], [0.8]], [true], [0.1, 0.9, 0.1], [0, 0, 0]);
        double[] theta = [0, 0, -6];

        double sharp = GaussianProcess.At(exact, theta, KernelKind.Matern52).Predict([0.5]).Mean;
        double vague = GaussianProcess.At(exact with { Variances = [0, 1, 0] }, theta, KernelKind.Matern52).Predict([0.5]).Mean;

        Assert.True(vague < sharp - 0.1);
    }

    [Fact]
    public void Equal_targets_and_a_single_trial_do_no_harm()
    {
        Assert.Equal(0.7, Fit(new([[0.1], [0.9]], [true], [0.7, 0.7], [0, 0])).Predict([0.5]).Mean, 1e-9);
        Assert.True(double.IsFinite(Fit(new([[0.1]], [true], [0.7], [0])).Predict([0.5]).Deviation));
    }

    [Fact]
    public void An_outlier_is_pulled_to_the_fence()
    {
        (_, double[] values) = Standardization.Of([0.90, 0.91, 0.92, 0.93, 0.94, 0.10]);

        Assert.True(values[5] < values[0] && values.Take(5).Max() - values.Take(5).Min() > 0.3);
    }

    private static double Noise(TrainingSet data) => Hyperparameters.Noise([.. Fit(data).Theta]);

    private static GaussianProcess Fit(TrainingSet data) => ProcessFit.Of(data, KernelKind.Matern52, new(1, "draws"));

    private static TrainingSet Data(int n)
    {
        var random = new SeededRandom(4, "gaussian-process");
        double[][] inputs = [.. Enumerable.Range(0, n).Select(_ => (double[])[random.NextDouble(), random.NextDouble(), random.Next(3) / 2.0])];
        double[] targets = [.. inputs.Select(x => 0.8 + (0.1 * Math.Sin(4 * x[0])) - (0.1 * x[1] * x[1]) + (x[2] == 0.5 ? 0.05 : 0))];
        return new(inputs, [true, true, false], targets, [.. inputs.Select((_, i) => i % 2 == 0 ? 0 : 1e-6)]);
    }

    private static double[,] Covariance(TrainingSet data)
    {
        double unit = Math.Pow(Standardization.Of(data.Targets).Scale.Deviation, 2);
        double[][] rows = [.. data.Inputs.Select((a, i) => data.Inputs.Take(i + 1)
            .Select((b, j) => (Amplitude * Kernel(a, b)) + (i == j ? (Amplitude * Hyperparameters.Noise(Theta)) + (data.Variances[i] / unit) : 0)).ToArray())];
        return DenseAlgebra.Full(rows);
    }

    private static double Kernel(double[] a, double[] b)
    {
        double r = Math.Sqrt(Math.Pow((a[0] - b[0]) / Math.Exp(Theta[0]), 2) + Math.Pow((a[1] - b[1]) / Math.Exp(Theta[1]), 2));
        double matern = (1 + (Math.Sqrt(5) * r) + (5 * r * r / 3)) * Math.Exp(-Math.Sqrt(5) * r);
        return Trend(a, b) + (matern * (a[2] == b[2] ? 1 : Math.Exp(-1 / Math.Exp(Theta[2]))));
    }

    private static double Trend(double[] a, double[] b) => 100 + (0.2 * (((a[0] - 0.5) * (b[0] - 0.5)) + ((a[1] - 0.5) * (b[1] - 0.5))));
}
