namespace Distributed.Search.Tests;

public sealed class BayesianSamplerTests
{
    private const int Budget = 30;

    [Fact]
    public void It_reaches_a_larger_hypervolume_than_random_and_Sobol_at_equal_budget()
    {
        double bayesian = MeanHypervolume("bayesian");
        double random = MeanHypervolume("random");
        double sobol = MeanHypervolume("sobol");

        Assert.True(bayesian > 1.05 * random, Invariant($"bayesian {bayesian:0.0000}, random {random:0.0000}"));
        Assert.True(bayesian > 1.05 * sobol, Invariant($"bayesian {bayesian:0.0000}, sobol {sobol:0.0000}"));
    }

    private static double MeanHypervolume(string sampler) => Enumerable.Range(1, 6).Average(seed =>
    {
        var problem = SimulatedSearch.Problem(seed: (ulong)seed) with { Trials = Budget };
        var history = SimulatedSearch.Run(Samplers.Find(sampler), problem, Budget);
        return Front.Of(problem.Objectives, [], history.Closed).Hypervolume;
    });
}
