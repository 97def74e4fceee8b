namespace Distributed.Search.Tests;

public sealed class NormalTailTests
{
    [Theory]
    [InlineData(-8)]
    [InlineData(-5.5)]
    [InlineData(-4.99)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(0.7)]
    [InlineData(6)]
    public void It_is_the_integral_of_the_density(double z)
    {
        var tail = NormalTail.At(z);
        double scale = Math.Exp(tail.Exponent);
        double distribution = Quadrature.Integrate(Normal.Density, z - 12, z, 20_000);
        double excess = Quadrature.Integrate(x => (z - x) * Normal.Density(x), z - 12, z, 20_000);

        Assert.Equal(1, scale * tail.Distribution / distribution, 1e-8);
        Assert.Equal(1, scale * tail.Excess / excess, 1e-8);
        Assert.Equal(1, scale * tail.Density / Normal.Density(z), 1e-12);
    }

    [Fact]
    public void Far_out_the_logarithm_follows_its_asymptote()
    {
        (double value, double slope) = NormalTail.LogDistribution(-1000);

        Assert.Equal(-500_000 - Math.Log(1000 * Math.Sqrt(2 * Math.PI)), value, 1e-3);
        Assert.Equal(1000.001, slope, 1e-5);
    }
}
