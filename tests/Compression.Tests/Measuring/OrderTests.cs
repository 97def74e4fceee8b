using Distributed.Compression.Measuring;

namespace Distributed.Compression.Tests.Measuring;

public sealed class OrderTests
{
    [Fact]
    public void Quantiles_are_those_of_hyndman_and_fans_type_seven()
    {
        double[] values = [4, 1, 3, 2];
        Assert.Equal(2.5, Order.Median(values));
        Assert.Equal(1.75, Order.Quantile(values, 0.25));
        Assert.Equal((1, 4), (Order.Quantile(values, 0), Order.Quantile(values, 1)));
        Assert.Equal(7, Order.Median([7]));
    }

    [Fact]
    public void The_median_deviation_ignores_one_wild_value() => Assert.Equal(1, Order.Deviation([1, 2, 3, 4, 1000]));

    [Fact]
    public void No_values_have_no_median() => Assert.Throws<ArgumentException>(() => Order.Median([]));
}
