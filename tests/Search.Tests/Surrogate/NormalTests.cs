using CsCheck;

namespace Distributed.Search.Tests;

public sealed class NormalTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.84134474606854293)]
    [InlineData(-2, 0.022750131948179195)]
    [InlineData(-5, 2.8665157187919391e-07)]
    [InlineData(-10, 7.6198530241605261e-24)]
    [InlineData(-20, 2.7536241186062337e-89)]
    public void The_distribution_agrees_with_tables_also_in_the_tail(double x, double expected) =>
        Assert.InRange(Normal.Distribution(x) / expected, 1 - 1e-10, 1 + 1e-10);

    [Fact]
    public void The_excess_is_its_integral() => Gen.Select(Gen.Double[-3, 3], Gen.Double[0.05, 2], Gen.Double[-3, 3]).Sample((mean, deviation, t) =>
    {
        double integral = Quadrature.Integrate(x => (x - t) * Normal.Density((x - mean) / deviation) / deviation, Math.Max(t, mean - (9 * deviation)), mean + (9 * deviation) + Math.Abs(t));
        return Math.Abs(Normal.Excess(mean, deviation, t) - Math.Max(0, integral)) < 1e-6;
    }, iter: 60);

    [Fact]
    public void Without_deviation_the_excess_is_the_difference()
    {
        Assert.Equal(0.5, Normal.Excess(1.5, 0, 1));
        Assert.Equal(0, Normal.Excess(0.5, 0, 1));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    public void Quantiles_invert_the_distribution(double p, double x) => Assert.Equal(x, Normal.Quantile(p), 1e-9);
}
