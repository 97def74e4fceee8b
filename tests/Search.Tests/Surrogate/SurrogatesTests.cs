namespace Distributed.Search.Tests;

public sealed class SurrogatesTests
{
    [Fact]
    public void What_is_only_bounded_is_modelled_through_a_lens_and_objectives_as_they_are()
    {
        var (problem, encoding, trials) = Tried();
        var surrogates = Surrogates.Fit(problem, new(trials, []), encoding)!;
        var bound = problem.Constraints.Single().Metric;
        var lens = BoundLens.Of(0, trials.Select(trial => trial.Values!.Of(bound)))!.Value;

        foreach (var trial in trials)
        {
            double[] point = encoding.Encode(trial.Candidate!);
            Assert.Equal(lens.Through(trial.Values!.Of(bound), 0).Value, surrogates.Of(bound, point, null).Mean, 0.02);
            var objective = problem.Objectives[0].Metric;
            Assert.Equal(trial.Values!.Of(objective), surrogates.Of(objective, point, null).Mean, 0.02);
        }

        Assert.Contains(trials, trial => trial.Values!.Of(bound) > 0.1 + lens.Through(trial.Values!.Of(bound), 0).Value);
    }

    [Fact]
    public void Errors_of_what_is_seen_through_a_lens_are_told_in_the_unit_of_the_metric()
    {
        var (problem, encoding, trials) = Tried();
        var bound = problem.Constraints.Single().Metric;
        double[] values = [.. trials.Select(trial => trial.Values!.Of(bound))];
        var lens = BoundLens.Of(0, values)!.Value;

        var left = Surrogates.Fit(problem, new(trials, []), encoding)!.LeaveOneOut(bound);

        for (int i = 0; i < values.Length; i++)
        {
            double foretold = values[i] - left.Natural[i];
            Assert.Equal(left.Unit * left.Errors[i], lens.Through(values[i], 0).Value - lens.Through(foretold, 0).Value, 1e-9);
        }

        Assert.True(left.Error > 1.2 * left.Unit * Math.Sqrt(left.Errors.Average(error => error * error)), "Far from the bound an error is larger than the lens shows it.");
    }

    private static (SearchProblem Problem, SpaceEncoding Encoding, Observation[] Trials) Tried()
    {
        var search = new ProblemSearch(TestProblems.Find("C2DTLZ2"));
        var problem = search.Ask(0, 60, new() { Name = "bayesian" });
        var encoding = new SpaceEncoding(problem.Space);
        var sequence = new SobolSequence(encoding.Axes.Count, new(0, "surrogates"));
        return (problem, encoding, [.. Enumerable.Range(0, 30).Select(i => encoding.Decode(sequence.At((uint)i)))
            .Select((candidate, i) => new Observation(new(i + 1), candidate, search.True(candidate)))]);
    }
}
