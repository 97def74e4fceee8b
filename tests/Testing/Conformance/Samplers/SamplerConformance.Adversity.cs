using Distributed.Search;
using Distributed.Sweeps;
using Xunit;

namespace Distributed.Testing;

/// <content>Constraints that bind, trials that end badly.</content>
public abstract partial class SamplerConformance
{
    [Theory, MemberData(nameof(Names))]
    public void What_is_known_to_break_a_constraint_is_never_proposed(string name)
    {
        var problem = SimulatedSearch.Problem() with { Constraints = [new(Metric.LatencyRatio, AtMost: 0.45)] };

        var history = SimulatedSearch.Run(Samplers.Find(name), problem, 25);

        Assert.Equal(25, history.Candidates.Count());
        Assert.All(history.Candidates, candidate => Assert.InRange(problem.Forecast.Costs(candidate)!.LatencyRatio, 0, 0.45));
    }

    [Theory, MemberData(nameof(Names))]
    public void When_nothing_can_keep_the_constraints_the_nearest_is_proposed_and_said_to_be(string name)
    {
        var problem = SimulatedSearch.Problem() with { Constraints = [new(Metric.LatencyRatio, AtMost: 0.1)] };

        var suggestion = Assert.Single(Samplers.Find(name).Suggest(problem, SimulatedSearch.Run(Samplers.Find(name), problem, 12), 1));

        Assert.InRange(problem.Forecast.Costs(suggestion.Candidate)!.LatencyRatio, 0.1, 0.35);
        Assert.Contains("latency ratio", suggestion.Reason, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public void Trials_that_failed_were_stopped_or_are_not_finite_do_no_harm_and_are_not_repeated(string name)
    {
        var problem = SimulatedSearch.Problem() with { Sampler = new() { Initial = 6 } };
        var history = SimulatedSearch.Run(Samplers.Find(name), problem, 10);
        ObservedValues?[] odd = [null, PruningToy.Dense with { Accuracy = double.NaN }, PruningToy.Dense with { LatencyRatio = double.PositiveInfinity }, null];
        foreach (var values in odd)
        {
            var candidate = Assert.Single(Samplers.Find(name).Suggest(problem, history, 1)).Candidate;
            history = SimulatedSearch.Close(history, candidate, values, values is null ? [new(0, 0, double.NaN)] : []);
        }

        var more = SimulatedSearch.Run(Samplers.Find(name), problem, 5, history);

        Assert.Equal(19, more.Candidates.Select(problem.Forecast.Canonical).Distinct().Count());
        Assert.DoesNotContain("NaN", Assert.Single(Samplers.Find(name).Suggest(problem, more, 1)).Reason, StringComparison.Ordinal);
    }
}
