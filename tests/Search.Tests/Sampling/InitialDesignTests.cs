namespace Distributed.Search.Tests;

public sealed class InitialDesignTests
{
    [Theory]
    [InlineData(100, null, 10, 3)]
    [InlineData(12, null, 4, 3)]
    [InlineData(6, null, 2, 2)]
    [InlineData(1, null, 1, 1)]
    [InlineData(null, null, 10, 3)]
    [InlineData(100, 5, 5, 5)]
    public void It_has_a_usual_number_but_at_most_a_third_of_the_trials(int? trials, int? initial, int count, int forModel)
    {
        var problem = SimulatedSearch.Problem() with { Trials = trials, Sampler = new() { Initial = initial } };

        Assert.Equal(count, InitialDesign.Count(problem, SearchHistory.Empty));
        Assert.Equal(forModel, InitialDesign.CountForModel(problem, SearchHistory.Empty));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(11, 3)]
    [InlineData(12, 4)]
    [InlineData(40, 11)]
    public void Before_a_model_it_grows_with_a_quarter_of_the_dimensions(int dimensions, int count)
    {
        var reals = Enumerable.Range(0, dimensions).Select(i => new Parameter.Real(Invariant($"x{i}"), 0, 1));

        Assert.Equal(count, InitialDesign.CountForModel(SimulatedSearch.Problem() with { Space = new([.. reals, new Parameter.Fixed("batch", 1)]) }, SearchHistory.Empty));
    }

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
        var history = SimulatedSearch.Run(Samplers.Find("bayesian"), problem, InitialDesign.CountForModel(problem, SearchHistory.Empty));

        string reason = Assert.Single(Samplers.Find("bayesian").Suggest(problem, history, 1)).Reason;

        Assert.Matches(@"^expected improvement \S+ \(predicted accuracy 0\.\d+ ± \S+, latency ratio 0\.\d+\)$", reason);
    }
}
