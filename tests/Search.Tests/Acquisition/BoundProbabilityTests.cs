namespace Distributed.Search.Tests;

public sealed class BoundProbabilityTests
{
    [Theory]
    [InlineData(0.2, null, 0.3, 0.1)]
    [InlineData(null, 0.4, 0.5, 0.05)]
    [InlineData(0.1, 0.4, 5.0, 0.1)]
    [InlineData(0.1, 0.4, -3.0, 0.1)]
    [InlineData(0.245, 0.255, 0.25, 0.05)]
    [InlineData(0.2, 0.3, 0.27, 0.05)]
    public void It_is_the_logarithm_of_the_normal_probability_and_so_is_its_gradient(double? least, double? most, double mean, double deviation)
    {
        const double Step = 1e-6;
        var bound = new Constraint(Metric.Accuracy, AtMost: most, AtLeast: least);
        double Of(double m, double s) => BoundProbability.Log(bound, new(m, s), out _, out _);
        double value = BoundProbability.Log(bound, new(mean, deviation), out double byMean, out double byDeviation);

        Assert.True(double.IsFinite(value));
        Assert.Equal((Of(mean + Step, deviation) - Of(mean - Step, deviation)) / (2 * Step), byMean, 1e-4 * (1 + Math.Abs(byMean)));
        Assert.Equal((Of(mean, deviation + Step) - Of(mean, deviation - Step)) / (2 * Step), byDeviation, 1e-4 * (1 + Math.Abs(byDeviation)));

        double between = (most is null ? 1 : Normal.Distribution((most.Value - mean) / deviation)) - (least is null ? 0 : Normal.Distribution((least.Value - mean) / deviation));
        Assert.Equal(between, Math.Exp(value), 1e-9);
    }

    /// <summary>Φ(b) − Φ(a) for b = 11.001 and a = 11 is about φ(11) · 0.001 of 1e-30: differences of distributions tell nothing of it.</summary>
    [Theory]
    [InlineData(11, 11.001)]
    [InlineData(-11.001, -11)]
    [InlineData(0.3, 0.300000001)]
    public void Narrow_bounds_far_away_keep_their_probability(double least, double most)
    {
        double middle = 0.5 * (least + most);
        double expected = (-0.5 * middle * middle) - (0.5 * Math.Log(2 * Math.PI)) + Math.Log(most - least);
        Assert.Equal(expected, BoundProbability.Log(new(Metric.Accuracy, AtMost: most, AtLeast: least), new(0, 1), out _, out _), 1e-4);
    }
}
