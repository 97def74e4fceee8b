namespace Distributed.Search.Tests;

public sealed class AsynchronousSearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Every_trial_of_the_budget_ends_once_whatever_the_workers(int workers)
    {
        var ended = Run("VehicleSafety", "random", workers);

        Assert.Equal(Enumerable.Range(1, 30), ended.Select(trial => trial.Trial.Number).Order());
        Assert.Equal(30, ended.Select(trial => trial.Candidate).Distinct().Count());
        Assert.Equal(workers == 1, ended.Select(trial => trial.Trial.Number).SequenceEqual(Enumerable.Range(1, 30)));
    }

    [Fact]
    public void The_samplers_see_noise_and_the_score_does_not()
    {
        var search = new ProblemSearch(TestProblems.Find("NoisyBraninCurrin"));
        var candidate = TestProblems.Find("BraninCurrin").CandidateAt([0.5, 0.55]);

        Assert.NotEqual(search.True(candidate), search.Observe(candidate, new(1, "noise")));
        Assert.Equal(31.699670006343524, search.True(candidate).Macs, 1e-11);
    }

    [Fact]
    public void The_hypervolume_counts_what_is_feasible_only()
    {
        var problem = TestProblems.Find("C2DTLZ2");
        var search = new ProblemSearch(problem);
        var feasible = problem.CandidateAt([.5, .55, .6, .65, .7, .75]);
        var not = problem.CandidateAt([.25, .3, .35, .4, .45, .5]);
        var trials = new[] { feasible, not }.Select((candidate, i) => new Observation(new(i + 1), candidate, search.True(candidate)));

        Assert.Equal((1.1 - 0.804333963599698) * (1.1 - 0.8043339635996979), search.Hypervolume(trials), 1e-12);
    }

    [Fact]
    public void A_known_cost_is_told_and_the_other_objective_is_not()
    {
        var problem = TestProblems.Find("MixedPrune");
        var search = new ProblemSearch(problem, knowsCost: true);
        var candidate = problem.CandidateAt([.5, .5, .5, .5, .5, .5, .5, .5, 1, 3]);

        Assert.Equal([null, 3.770625], search.Objectives.Select(objective => search.Costs(candidate)!.Of(objective.Metric)));
        Assert.Throws<ArgumentException>(() => new ProblemSearch(TestProblems.Find("ZDT1"), knowsCost: true));
    }

    private static IReadOnlyList<Observation> Run(string name, string sampler, int workers)
    {
        var search = new ProblemSearch(TestProblems.Find(name));
        return new AsynchronousSearch(search, search.Ask(3, 30, new() { Initial = 8 }), Samplers.Find(sampler), workers).Run([]);
    }
}
