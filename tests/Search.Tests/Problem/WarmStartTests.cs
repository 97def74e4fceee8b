namespace Distributed.Search.Tests;

public sealed class WarmStartTests
{
    private static readonly ModelProfile Profile = new()
    {
        Families = [new("a", 16, [4, 8, 16]), new("b", 32, [8, 16, 32])],
        Operators = [],
        Surfaces = [],
        DenseMs = 1,
    };

    private static SweepSpec Spec(WarmStartSpec? warm, params Parameter[] parameters) => new()
    {
        Name = new("now"),
        Model = new() { Zoo = "stub" },
        Dataset = new() { Format = "shapes" },
        Space = new(parameters),
        Budget = new() { Trials = 9 },
        WarmStart = warm,
    };

    private static Adoption? Adopt(SearchSpace space, params KeyValuePair<string, ParameterValue>[] values) =>
        Adoption.Of(new(space), new(values), name => name == "epochs" ? 2 : null);

    [Fact]
    public void Values_are_matched_by_name_and_moved_into_their_ranges()
    {
        SearchSpace space = new([
            new Parameter.Real("ratio", 0, 0.5), new Parameter.Integer("steps", 1, 5, 2), new Parameter.Ordinal("learning-rate", [0.01, 0.1]),
            new Parameter.Real("epochs", 1, 3), new Parameter.Categorical("criterion", ["l1", "l2"])]);

        Assert.Equal(new(new([new("ratio", 0.5), new("steps", 3), new("learning-rate", 0.1), new("epochs", 2), new("criterion", "l2")]), 1), Adopt(
            space, new("ratio", 0.9), new("steps", 3), new("learning-rate", 0.1), new("criterion", "l2"), new("unknown", 7)));
        Assert.Equal(2, Adopt(space, new("ratio", 0.4), new("learning-rate", 0.04), new("criterion", "l1"), new("steps", 4))!.Moved);
        Assert.Null(Adopt(space, new("ratio", 0.4), new("criterion", "taylor")));
    }

    [Fact]
    public void What_is_missing_stands_in_the_middle_and_what_takes_no_part_is_left_out()
    {
        SearchSpace space = new([
            new Parameter.Real("ratio", 0, 0.5), new Parameter.Categorical("criterion", ["l1", "l2"]),
            new Parameter.Real("weight-decay", 0, 1) { When = new("criterion", ["l2"]) }]);

        Assert.Equal("criterion=l1; ratio=0.25", Adopt(space, new("criterion", "l1"), new("weight-decay", 0.1))!.Candidate.ToString());
        Assert.Equal(new(new([new("criterion", "l2"), new("ratio", 0.25), new("weight-decay", 0.1)]), 1), Adopt(space, new("criterion", "l2"), new("weight-decay", 0.1)));
    }

    [Fact]
    public void A_common_ratio_stands_for_that_of_every_family_and_their_mean_for_it()
    {
        var families = new SearchSpace([new Parameter.Real("ratio", 0, 0.9, PerFamily: true)]).Expand(["a", "b"]);
        SearchSpace common = new([new Parameter.Real("ratio", 0, 0.9)]);

        Assert.Equal(new(new([new("ratio/a", 0.4), new("ratio/b", 0.4)]), 0), Adopt(families, [new("ratio", 0.4)]));
        Assert.Equal(new(new([new("ratio", 0.3)]), 0), Adopt(common, new("ratio/a", 0.4), new("ratio/b", 0.2)));
    }

    [Fact]
    public void Given_candidates_come_first_in_their_order_and_once()
    {
        var spec = Spec(
            new() { Candidates = [new([new("ratio", 0.5)]), new([new("ratio/a", 0.5), new("ratio/b", 0.5)]), new([new("ratio/b", 0.25), new("learning-rate", 0.05)])] },
            new Parameter.Real("ratio", 0, 0.75, PerFamily: true),
            new Parameter.Real("learning-rate", 0.01, 0.1, Scale.Log));
        var problem = SearchProblem.Of(spec, Profile);

        var first = problem.WarmStart.Next(problem, SearchHistory.Empty)!;
        var second = problem.WarmStart.Next(problem, SearchHistory.Empty.WithPending(first.Candidate))!;

        Assert.Equal("learning-rate=0.02; ratio/a=0.5; ratio/b=0.5", first.Candidate.ToString());
        Assert.Equal(("learning-rate=0.05; ratio/a=0; ratio/b=0.25", "given"), (second.Candidate.ToString(), second.Reason));
        Assert.Null(problem.WarmStart.Next(problem, SearchHistory.Empty.WithPending(first.Candidate).WithPending(second.Candidate)));
    }

    [Fact]
    public void A_given_candidate_of_an_unknown_family_is_refused_once_the_families_are_known()
    {
        var spec = Spec(new() { Candidates = [new([new("ratio/c", 0.5)])] }, new Parameter.Real("ratio", 0, 0.75, PerFamily: true));
        Assert.Equal("warm-start.candidates[0].ratio/c", Assert.Throws<InvalidInputException>(() => SearchProblem.Of(spec, Profile)).Place);
    }

    [Fact]
    public void Of_another_problem_the_front_is_tried_first_and_of_the_same_the_trials_teach()
    {
        var spec = Spec(new() { Sweep = new("before") }, new Parameter.Real("ratio", 0, 0.5));
        ImportedTrial[] trials = [new(new(4), new([new("ratio", 0.4)]), null, [new(0, 0, 0.5)]), new(new(7), new([new("ratio", 0.8)]), null, [])];

        var other = SearchProblem.Of(spec, Profile, new(new("before"), false, trials)).WarmStart;
        var same = SearchProblem.Of(spec, Profile, new(new("before"), true, trials)).WarmStart;

        Assert.Equal(["ratio=0.4 on the front of 'before' (trial 4)", "ratio=0.5 on the front of 'before' (trial 7)"], other.First.Select(one => $"{one.Candidate} {one.Reason}"));
        Assert.Empty(other.Foreign);
        Assert.Empty(same.First);
        Assert.Equal(["ratio=0.4", "ratio=0.5"], same.Foreign.Select(one => one.Candidate!.ToString()));
    }

    /// <summary>This sweep trains every candidate for two epochs, in float32.</summary>
    [Fact]
    public void What_this_space_does_not_hold_counts_where_it_was_another()
    {
        var spec = Spec(new() { Sweep = new("before") }, new Parameter.Real("ratio", 0, 0.9)) with { Recovery = new() { Epochs = 2 } };
        Measurement measured = Measured(0.8);
        ImportedTrial Trial(int number, params KeyValuePair<string, ParameterValue>[] values) => new(new(number), new(values), measured, []);

        var foreign = SearchProblem.Of(spec, Profile, new(new("before"), true, [
            Trial(1, new("ratio", 0.4), new("epochs", 2), new("precision", "float32")),
            Trial(2, new("ratio/a", 0.4), new("ratio/b", 0.4), new("epochs", 9)),
            Trial(3, new("ratio", 0.4), new("precision", "int8"))])).WarmStart.Foreign;

        Assert.Equal([1, 2], foreign.Select(one => one.Trial.Number));
        Assert.Equal(measured.AccuracyVariance, foreign[0].Values!.AccuracyVariance);
        Assert.True(foreign[1].Values!.AccuracyVariance > measured.AccuracyVariance);
    }

    private static Measurement Measured(double accuracy) => new()
    {
        Accuracy = accuracy,
        AccuracyVariance = 1e-5,
        TestAccuracy = accuracy,
        CorruptedAccuracy = accuracy,
        Latency = new(1, 1, 0.5, 0, 0, true, 0),
        Macs = 1,
        Parameters = 1,
        Bytes = 1,
    };

    [Fact]
    public void Foreign_trials_are_no_trials_of_the_search()
    {
        var history = SimulatedSearch.Start with { Foreign = SimulatedSearch.Run(Samplers.Find("sobol"), SimulatedSearch.Problem(), 5).Closed };

        Assert.Equal(1, history.Next);
        Assert.Empty(history.Candidates);
        Assert.Equal(7, history.Evidence.Count);
    }

    /// <summary>The mean over seeds of the hypervolume after six trials, with what thirty trials of a search with another seed found and without.</summary>
    [Theory]
    [InlineData("bayesian", 1.02)]
    [InlineData("tpe", 1.0)]
    [InlineData("nsga2", 1.0)]
    [InlineData("trust-region", 1.02)]
    public void What_an_earlier_search_found_helps_the_next_one(string name, double factor)
    {
        double with = 0;
        double without = 0;
        var sampler = Samplers.Find(name);
        var earlier = SimulatedSearch.Run(sampler, SimulatedSearch.Problem(seed: 99), 30).Closed.Where(trial => trial.Candidate is not null).ToList();
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var problem = SimulatedSearch.Problem(seed: seed);
            without += Volume(problem, SimulatedSearch.Run(sampler, problem, 6));
            with += Volume(problem, SimulatedSearch.Run(sampler, problem, 6, SimulatedSearch.Start with { Foreign = earlier }));
        }

        Assert.True(with > without * factor, $"{with} with, {without} without");
    }

    private static double Volume(SearchProblem problem, SearchHistory history) => Front.Of(problem.Objectives, problem.Constraints, history.Closed).Hypervolume;
}
