namespace Distributed.Search.Tests;

public sealed class TrustRegionSamplerTests
{
    [Fact]
    public void It_reaches_a_larger_hypervolume_than_Sobol_at_equal_budget() =>
        Assert.True(MeanHypervolume("trust-region") > 1.05 * MeanHypervolume("sobol"));

    [Fact]
    public void Above_a_thousand_trials_the_Bayesian_sampler_hands_over_to_it()
    {
        var problem = SimulatedSearch.Problem() with { Trials = 2000 };
        var random = Samplers.Find("random").Suggest(problem, SimulatedSearch.Start, 1100);
        var history = SimulatedSearch.Start;
        foreach (var suggestion in random) history = SimulatedSearch.Close(history, suggestion.Candidate, PruningToy.Try(suggestion.Candidate));

        var suggested = Assert.Single(Samplers.Find("bayesian").Suggest(problem, history, 1));

        Assert.Equal(Assert.Single(Samplers.Find("trust-region").Suggest(problem, history, 1)), suggested);
        Assert.Contains("in a region of length", suggested.Reason, StringComparison.Ordinal);
    }

    private static double MeanHypervolume(string sampler) => Enumerable.Range(1, 4).Average(seed =>
    {
        var problem = SimulatedSearch.Problem(seed: (ulong)seed) with { Trials = 30 };
        return Front.Of(problem.Objectives, [], SimulatedSearch.Run(Samplers.Find(sampler), problem, 30).Closed).Hypervolume;
    });
}
