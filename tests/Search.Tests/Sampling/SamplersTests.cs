namespace Distributed.Search.Tests;

public sealed class SamplersTests
{
    [Fact]
    public void An_unknown_name_is_refused_with_the_name_that_was_meant()
    {
        var error = Assert.Throws<InvalidInputException>(() => Samplers.Find("baysian"));

        Assert.Equal("sampler.name: 'baysian' is not a sampler. Did you mean 'bayesian'?", error.Message);
    }

    [Fact]
    public void A_name_that_is_like_none_gets_them_all() =>
        Assert.EndsWith("Use one of: bayesian, grid, nsga2, random, sobol, tpe, trust-region.", Assert.Throws<InvalidInputException>(() => Samplers.Find("x")).Message, StringComparison.Ordinal);
}
