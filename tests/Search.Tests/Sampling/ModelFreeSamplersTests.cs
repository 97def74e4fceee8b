namespace Distributed.Search.Tests;

/// <summary>That they look at results, each in its own way.</summary>
public sealed class ModelFreeSamplersTests
{
    [Theory]
    [InlineData("nsga2")]
    [InlineData("tpe")]
    public void Results_lead_to_more_hypervolume_than_even_coverage(string name) =>
        Assert.True(Hypervolume(name) > 1.1 * Hypervolume("sobol"), $"{Hypervolume(name)} against {Hypervolume("sobol")}");

    [Fact]
    public void A_candidate_in_flight_keeps_the_parzen_estimator_from_its_neighbourhood()
    {
        var problem = SimulatedSearch.Problem();
        var history = SimulatedSearch.Run(Samplers.Find("tpe"), problem, 30);
        var first = Assert.Single(Samplers.Find("tpe").Suggest(problem, history, 1)).Candidate;
        var crowd = Enumerable.Range(1, 8).Aggregate(
            history, (now, i) => now.WithPending(first.With(ParameterNames.LearningRate, first.Number(ParameterNames.LearningRate)!.Value + (1e-5 * i))));
        var encoding = new SpaceEncoding(problem.Space);

        var near = Samplers.Find("tpe").Suggest(problem, history, 8).Average(one => Distance(one.Candidate));
        var far = Samplers.Find("tpe").Suggest(problem, crowd, 8).Average(one => Distance(one.Candidate));

        Assert.True(far > near, $"{far} against {near}");
        double Distance(Candidate candidate) => encoding.Encode(candidate).Zip(encoding.Encode(first), (a, b) => Math.Abs(a - b)).Sum();
    }

    [Fact]
    public void A_grid_takes_every_combination_of_its_first_values_before_any_other()
    {
        var space = new SearchSpace([new Parameter.Real("a", 0, 8), new Parameter.Integer("b", 0, 100, 10), new Parameter.Categorical("c", ["x", "y"])]);
        var problem = SimulatedSearch.Problem(space) with { Trials = 20, Forecast = new Unknown() };

        string[] walked = [.. Samplers.Find("grid").Suggest(problem, SearchHistory.Empty, 20).Select(one => one.Candidate.ToString())];

        Assert.Equal(18, walked[..18].Distinct().Count());
        string[] expected = [.. from a in (double[])[0, 4, 8] from b in (double[])[0, 50, 100] from c in (string[])["x", "y"] select $"a={a}; b={b}; c={c}"];
        Assert.Equal(expected.Order(), walked[..18].Order());
    }

    [Fact]
    public void A_grid_says_how_large_it_is_and_ends_with_the_space()
    {
        var problem = SimulatedSearch.Problem(PruningToy.Finite);

        var all = Samplers.Find("grid").Suggest(problem, SearchHistory.Empty, 100);

        Assert.Equal(6, all.Count);
        Assert.All(all, one => Assert.Equal("one of 6 on the grid", one.Reason));
    }

    private static double Hypervolume(string name) => Enumerable.Range(0, 3).Average(seed =>
    {
        var search = new ProblemSearch(TestProblems.Find("VehicleSafety"));
        var asked = search.Ask((ulong)seed, 120, new() { Initial = 12 });
        return search.Hypervolume(new AsynchronousSearch(search, asked, Samplers.Find(name), 1).Run([]));
    });

    private sealed class Unknown : ICandidateForecast
    {
        public KnownCosts? Costs(Candidate candidate) => null;

        public string Canonical(Candidate candidate) => candidate.ToString();
    }
}
