namespace Distributed.Search.Tests;

public sealed class InitialDesignTests
{
    [Theory]
    [InlineData(100, null, 10)]
    [InlineData(12, null, 4)]
    [InlineData(1, null, 1)]
    [InlineData(null, null, 10)]
    [InlineData(100, 3, 3)]
    public void It_has_twice_the_dimensions_and_two_but_at_most_a_third_of_the_trials(int? trials, int? initial, int count) =>
        Assert.Equal(count, InitialDesign.Count(SimulatedSearch.Problem() with { Trials = trials, Sampler = new() { Initial = initial } }));

    [Fact]
    public void It_begins_in_the_centre_and_goes_on_with_Sobol_points()
    {
        var suggestions = Samplers.Find("bayesian").Suggest(SimulatedSearch.Problem(), SimulatedSearch.Start, 3);

        Assert.Equal(["centre", "sobol 0", "sobol 1"], suggestions.Select(one => one.Reason));
        Assert.Equal(0.45, suggestions[0].Candidate.Number(ParameterNames.Ratio));
        Assert.Equal(0.01, suggestions[0].Candidate.Number(ParameterNames.LearningRate));
        Assert.Equal("taylor", suggestions[0].Candidate.Choice(ParameterNames.Criterion));
    }

    [Fact]
    public void After_it_every_suggestion_states_what_is_expected()
    {
        var problem = SimulatedSearch.Problem();
        var history = SimulatedSearch.Run(Samplers.Find("bayesian"), problem, InitialDesign.Count(problem));

        string reason = Assert.Single(Samplers.Find("bayesian").Suggest(problem, history, 1)).Reason;

        Assert.Matches(@"^expected improvement \S+ \(predicted accuracy 0\.\d+ ± \S+, latency ratio 0\.\d+\)$", reason);
    }
}
