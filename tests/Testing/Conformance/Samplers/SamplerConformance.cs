using Distributed.Search;
using Distributed.Sweeps;
using Xunit;

namespace Distributed.Testing;

/// <summary>What every registered sampler keeps, without exemption. Derive one class from it in a test project.</summary>
public abstract partial class SamplerConformance
{
    public static TheoryData<string> Names => [.. Samplers.Names];

    [Theory, MemberData(nameof(Names))]
    public void No_candidate_is_proposed_twice(string name)
    {
        var problem = SimulatedSearch.Problem();
        var history = SimulatedSearch.Run(Samplers.Find(name), problem, 30);

        string[] forms = [.. history.Candidates.Select(problem.Forecast.Canonical)];

        Assert.Equal(30, forms.Length);
        Assert.Equal(forms.Length, forms.Distinct().Count());
    }

    [Theory, MemberData(nameof(Names))]
    public void Pending_candidates_are_not_proposed_again(string name)
    {
        var problem = SimulatedSearch.Problem();
        var history = SimulatedSearch.Run(Samplers.Find(name), problem, 14);
        var pending = Samplers.Find(name).Suggest(problem, history, 3);

        var next = Samplers.Find(name).Suggest(problem, history with { Pending = [.. pending.Select(one => one.Candidate)] }, 3);

        Assert.Empty(next.Select(one => problem.Forecast.Canonical(one.Candidate)).Intersect(pending.Select(one => problem.Forecast.Canonical(one.Candidate))));
    }

    [Theory, MemberData(nameof(Names))]
    public void Asking_for_several_is_asking_one_by_one(string name)
    {
        var problem = SimulatedSearch.Problem();
        var history = SimulatedSearch.Run(Samplers.Find(name), problem, 9);

        var together = Samplers.Find(name).Suggest(problem, history, 5);
        var apart = new List<Suggestion>();
        for (int i = 0; i < 5; i++)
        {
            apart.AddRange(Samplers.Find(name).Suggest(problem, history, 1));
            history = history.WithPending(apart[^1].Candidate);
        }

        Assert.Equal(apart, together);
    }

    [Theory, MemberData(nameof(Names))]
    public void Equal_arguments_give_equal_suggestions(string name)
    {
        var first = SimulatedSearch.Run(Samplers.Find(name), SimulatedSearch.Problem(), 18);
        var second = SimulatedSearch.Run(Samplers.Find(name), SimulatedSearch.Problem(), 18);

        Assert.Equal(first.Candidates, second.Candidates);
    }

    [Theory, MemberData(nameof(Names))]
    public void Another_seed_gives_other_suggestions(string name)
    {
        var first = SimulatedSearch.Run(Samplers.Find(name), SimulatedSearch.Problem(seed: 1), 8);
        var second = SimulatedSearch.Run(Samplers.Find(name), SimulatedSearch.Problem(seed: 2), 8);

        Assert.NotEqual(first.Candidates, second.Candidates);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_value_lies_in_its_range(string name)
    {
        var history = SimulatedSearch.Run(Samplers.Find(name), SimulatedSearch.Problem(), 25);

        Assert.All(history.Candidates, candidate =>
        {
            Assert.Equal(PruningToy.Mixed.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal), candidate.Values.Keys);
            Assert.InRange(candidate.Number(ParameterNames.Ratio)!.Value, 0, 0.9);
            Assert.InRange(candidate.Number(ParameterNames.LearningRate)!.Value, 0.001, 0.1);
            Assert.Contains(candidate.Number(ParameterNames.Steps)!.Value, (double[])[1, 2, 3, 4]);
            Assert.Contains(candidate.Choice(ParameterNames.Criterion), (string[])["l1", "taylor", "random"]);
            Assert.Equal(2, candidate.Number(ParameterNames.Epochs));
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void A_finite_space_is_walked_to_its_end_and_then_there_is_nothing(string name)
    {
        var problem = SimulatedSearch.Problem(PruningToy.Finite);

        var history = SimulatedSearch.Run(Samplers.Find(name), problem, 10);

        Assert.Equal(6, history.Candidates.Distinct().Count());
        Assert.Empty(Samplers.Find(name).Suggest(problem, history, 1));
    }

    [Theory, MemberData(nameof(Names))]
    public void Asking_for_more_than_there_is_gives_what_there_is(string name) =>
        Assert.Equal(6, Samplers.Find(name).Suggest(SimulatedSearch.Problem(PruningToy.Finite), SimulatedSearch.Start, 50).Count);

    [Theory, MemberData(nameof(Names))]
    public void A_space_of_reals_whose_candidates_are_all_the_same_is_exhausted(string name)
    {
        var space = new SearchSpace([new Parameter.Real(ParameterNames.Ratio, 0.5, 0.501)]);

        var history = SimulatedSearch.Run(Samplers.Find(name), SimulatedSearch.Problem(space), 5);

        Assert.Single(history.Candidates);
    }

    [Theory, MemberData(nameof(Names))]
    public void Without_known_costs_and_with_any_objectives_it_goes_on(string name)
    {
        Objective[][] all = [[PruningToy.TwoObjectives[0]], [.. PruningToy.TwoObjectives], [.. PruningToy.ThreeObjectives]];
        foreach (var objectives in all)
        {
            foreach (bool known in (bool[])[false, true])
            {
                var problem = SimulatedSearch.Problem() with
                {
                    Objectives = objectives,
                    Forecast = new PruningToy { KnowsCosts = known },
                    Sampler = new() { Initial = 5 },
                };
                Assert.Equal(8, SimulatedSearch.Run(Samplers.Find(name), problem, 8).Candidates.Distinct().Count());
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void It_needs_no_dense_baseline(string name) =>
        Assert.Equal(9, SimulatedSearch.Run(Samplers.Find(name), SimulatedSearch.Problem() with { Trials = 9 }, 9, SearchHistory.Empty).Candidates.Count());

    [Theory, MemberData(nameof(Names))]
    public void Every_suggestion_says_why(string name) =>
        Assert.All(Samplers.Find(name).Suggest(SimulatedSearch.Problem(), SimulatedSearch.Start, 4), one => Assert.NotEmpty(one.Reason));
}
