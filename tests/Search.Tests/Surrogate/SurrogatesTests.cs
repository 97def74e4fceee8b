namespace Distributed.Search.Tests;

public sealed class SurrogatesTests
{
    [Fact]
    public void What_is_only_bounded_is_modelled_through_a_lens_and_objectives_as_they_are()
    {
        var search = new ProblemSearch(TestProblems.Find("C2DTLZ2"));
        var problem = search.Ask(0, 60, new() { Name = "bayesian" });
        var encoding = new SpaceEncoding(problem.Space);
        var sequence = new SobolSequence(encoding.Axes.Count, new(0, "surrogates"));
        Observation[] trials = [.. Enumerable.Range(0, 30).Select(i => encoding.Decode(sequence.At((uint)i)))
            .Select((candidate, i) => new Observation(new(i + 1), candidate, search.True(candidate)))];
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
}
