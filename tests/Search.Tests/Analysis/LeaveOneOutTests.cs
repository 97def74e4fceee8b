namespace Distributed.Search.Tests;

public sealed class LeaveOneOutTests
{
    /// <summary>A covariance with noise: exp(−|i − j|/2) + 0.1 on the diagonal.</summary>
    private static readonly double[][] Covariance = [.. Enumerable.Range(0, 6).Select(i => Enumerable.Range(0, i + 1).Select(j => Math.Exp(-0.5 * (i - j)) + (i == j ? 0.1 : 0)).ToArray())];

    private static readonly double[] Targets = [0.3, -1, 0.8, 0.1, -0.4, 1.2];

    /// <summary>A process of amplitude A has A times the covariance, and its targets are as they are.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void It_is_what_factoring_again_without_the_trial_gives(double amplitude)
    {
        var factor = Cholesky.Of(Covariance)!;
        double root = Math.Sqrt(amplitude);

        var left = LeaveOneOut.Of(factor, factor.SolveBoth([.. Targets.Select(target => target / root)]), amplitude, unit: 2 * root);

        for (int i = 0; i < Targets.Length; i++)
        {
            (double mean, double variance) = WithoutTrial(i);
            Assert.Equal(Targets[i] - mean, left.Errors[i], 1e-10);
            Assert.Equal(Math.Sqrt(amplitude * variance), left.Deviations[i], 1e-10);
        }

        Assert.Equal(2, left.Unit, 1e-12);
    }

    [Fact]
    public void Its_figures_are_those_of_its_errors()
    {
        var left = new LeaveOneOut([0.5, -0.5, 1, 0], [1, 0.25, 0.5, 1], 2);

        Assert.Equal(1 - 0.375, left.Explained, 1e-12);
        Assert.Equal(2 * Math.Sqrt(0.375), left.Error, 1e-12);
        Assert.Equal(Math.Sqrt((0.25 + 4 + 4 + 0) / 4), left.Spread, 1e-12);
        Assert.Equal(0.5, left.Within(1));
        Assert.Equal(1, left.Within(2));
    }

    private static (double Mean, double Variance) WithoutTrial(int without)
    {
        int[] others = [.. Enumerable.Range(0, Targets.Length).Where(i => i != without)];
        double At(int i, int j) => Covariance[Math.Max(i, j)][Math.Min(i, j)];
        var factor = Cholesky.Of([.. others.Select((i, row) => others[..(row + 1)].Select(j => At(i, j)).ToArray())])!;
        double[] cross = [.. others.Select(j => At(without, j))];
        double[] weights = factor.SolveBoth(cross);
        double mean = weights.Zip(others, (weight, j) => weight * Targets[j]).Sum();
        return (mean, At(without, without) - weights.Zip(cross, (weight, k) => weight * k).Sum());
    }
}
