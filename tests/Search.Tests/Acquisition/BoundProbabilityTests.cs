namespace Distributed.Search.Tests;

public sealed class BoundProbabilityTests
{
    [Theory]
    [InlineData(0.2, null, 0.3, 0.1)]
    [InlineData(null, 0.4, 0.5, 0.05)]
    [InlineData(0.1, 0.4, 5.0, 0.1)]
    public void It_is_the_logarithm_of_the_normal_probability_and_so_is_its_gradient(double? least, double? most, double mean, double deviation)
    {
        const double Step = 1e-6;
        var bound = new Constraint(Metric.Accuracy, AtMost: most, AtLeast: least);
        double Of(double m, double s) => BoundProbability.Log(bound, new(m, s), out _, out _);
        double value = BoundProbability.Log(bound, new(mean, deviation), out double byMean, out double byDeviation);

        Assert.True(double.IsFinite(value));
        Assert.Equal((Of(mean + Step, deviation) - Of(mean - Step, deviation)) / (2 * Step), byMean, 1e-4 * (1 + Math.Abs(byMean)));
        Assert.Equal((Of(mean, deviation + Step) - Of(mean, deviation - Step)) / (2 * Step), byDeviation, 1e-4 * (1 + Math.Abs(byDeviation)));

        double sides = (least is null ? 1 : Normal.Distribution((mean - least.Value) / deviation)) * (most is null ? 1 : Normal.Distribution((most.Value - mean) / deviation));
        Assert.Equal(sides, Math.Exp(value), 1e-9);
    }
}
