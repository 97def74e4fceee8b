using Distributed.Search;
using Distributed.Sweeps;
using Xunit;

namespace Distributed.Testing;

/// <content>Data that a model could choke on.</content>
public abstract partial class SamplerConformance
{
    [Theory, MemberData(nameof(Names))]
    public void Objectives_that_are_always_the_same_do_no_harm(string name) => GoesOn(name, (_, _) => PruningToy.Dense);

    [Theory, MemberData(nameof(Names))]
    public void Trials_of_very_different_certainty_do_no_harm(string name) => GoesOn(
        name, (candidate, i) => PruningToy.Try(candidate) with { AccuracyVariance = i % 3 == 0 ? 0 : Math.Pow(10, i - 9) });

    [Theory, MemberData(nameof(Names))]
    public void Variances_that_are_not_finite_or_negative_do_no_harm(string name) => GoesOn(
        name, (candidate, i) => PruningToy.Try(candidate) with { AccuracyVariance = i % 2 == 0 ? double.NaN : -1 });

    [Theory, MemberData(nameof(Names))]
    public void Values_of_very_different_size_do_no_harm(string name) => GoesOn(
        name, (candidate, i) => PruningToy.Try(candidate) with { Accuracy = i % 4 == 0 ? -1e12 : 1e-12 * i });

    [Theory, MemberData(nameof(Names))]
    public void The_same_candidate_recorded_several_times_with_other_results_does_no_harm(string name)
    {
        var problem = Early();
        var history = SimulatedSearch.Run(Samplers.Find(name), problem, 6);
        var candidate = history.Candidates.First();
        for (int i = 0; i < 6; i++) history = SimulatedSearch.Close(history, candidate, PruningToy.Try(candidate) with { Accuracy = 0.5 + (0.05 * i) });

        var more = SimulatedSearch.Run(Samplers.Find(name), problem, 5, history);

        Assert.Equal(11, more.Candidates.Select(problem.Forecast.Canonical).Distinct().Count());
    }

    [Theory, MemberData(nameof(Names))]
    public void A_constraint_that_only_a_trial_can_tell_is_accepted_and_a_history_that_never_kept_it_too(string name)
    {
        var problem = Early() with { Constraints = [new(Metric.Accuracy, AtLeast: 0.99)] };

        Assert.Equal(14, SimulatedSearch.Run(Samplers.Find(name), problem, 14).Candidates.Select(problem.Forecast.Canonical).Distinct().Count());
    }

    [Theory, MemberData(nameof(Names))]
    public void With_one_finished_trial_or_none_after_the_initial_ones_it_goes_on(string name)
    {
        var problem = Early() with { Sampler = new() { Initial = 1 } };
        var failed = SimulatedSearch.Start;
        for (int i = 0; i < 3; i++) failed = SimulatedSearch.Close(failed, Assert.Single(Samplers.Find(name).Suggest(problem, failed, 1)).Candidate, null);

        Assert.Single(Samplers.Find(name).Suggest(problem, failed, 1));
        Assert.Single(Samplers.Find(name).Suggest(problem, SimulatedSearch.Run(Samplers.Find(name), problem, 1), 1));
    }

    [Theory, MemberData(nameof(Names))]
    public void With_many_in_flight_asking_for_several_is_still_asking_one_by_one_and_nothing_is_in_flight_twice(string name)
    {
        var problem = Early();
        var history = SimulatedSearch.Run(Samplers.Find(name), problem, 10);
        foreach (var suggestion in Samplers.Find(name).Suggest(problem, history, 7)) history = history.WithPending(suggestion.Candidate);

        var together = Samplers.Find(name).Suggest(problem, history, 4);
        var apart = new List<Suggestion>();
        var all = history;
        for (int i = 0; i < 4; i++)
        {
            apart.AddRange(Samplers.Find(name).Suggest(problem, all, 1));
            all = all.WithPending(apart[^1].Candidate);
        }

        Assert.Equal(apart, together);
        Assert.Equal(21, all.Candidates.Select(problem.Forecast.Canonical).Distinct().Count());
    }

    private static SearchProblem Early() => SimulatedSearch.Problem() with { Sampler = new() { Initial = 5 } };

    private static void GoesOn(string name, Func<Candidate, int, ObservedValues> values)
    {
        var problem = Early();
        var history = SimulatedSearch.Start;
        for (int i = 0; i < 14; i++)
        {
            var suggestion = Assert.Single(Samplers.Find(name).Suggest(problem, history, 1));
            Assert.DoesNotContain("NaN", suggestion.Reason, StringComparison.Ordinal);
            history = SimulatedSearch.Close(history, suggestion.Candidate, values(suggestion.Candidate, i));
        }

        Assert.Equal(14, history.Candidates.Select(problem.Forecast.Canonical).Distinct().Count());
    }
}
