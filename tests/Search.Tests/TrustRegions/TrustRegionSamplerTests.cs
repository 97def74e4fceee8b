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

    [Fact]
    public void Regions_lie_where_an_earlier_sweep_was_good_and_its_trials_teach()
    {
        var problem = SimulatedSearch.Problem();
        var earlier = SimulatedSearch.Run(Samplers.Find("random"), problem, 30).Closed.Where(trial => trial.Candidate is not null);

        var suggested = Assert.Single(Samplers.Find("trust-region").Suggest(problem, SimulatedSearch.Start with { Foreign = [.. earlier] }, 1));

        Assert.Matches("in a region of length 0.8 around trial [0-9]+ of the earlier sweep", suggested.Reason);
    }

    private static double MeanHypervolume(string sampler) => Enumerable.Range(1, 4).Average(seed =>
    {
        var problem = SimulatedSearch.Problem(seed: (ulong)seed) with { Trials = 30 };
        return Front.Of(problem.Objectives, [], SimulatedSearch.Run(Samplers.Find(sampler), problem, 30).Closed).Hypervolume;
    });
}
