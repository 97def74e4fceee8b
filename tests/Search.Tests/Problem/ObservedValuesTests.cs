using System.Collections.Immutable;

namespace Distributed.Search.Tests;

public sealed class ObservedValuesTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void A_variance_that_makes_no_sense_is_not_known(double variance)
    {
        var values = new ObservedValues
        {
            Accuracy = 0.9,
            LatencyRatio = 1,
            AccuracyVariance = variance,
            Variances = ImmutableDictionary<Metric, double>.Empty.Add(Metric.Macs, variance).Add(Metric.Bytes, 4),
        };

        Assert.Equal(0, values.VarianceOf(Metric.Accuracy));
        Assert.Equal(0, values.VarianceOf(Metric.Macs));
        Assert.Equal(0, values.VarianceOf(Metric.LatencyMs));
        Assert.Equal(4, values.VarianceOf(Metric.Bytes));
    }
}
