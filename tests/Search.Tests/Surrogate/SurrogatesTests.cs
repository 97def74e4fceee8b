namespace Distributed.Search.Tests;

public sealed class SurrogatesTests
{
    [Fact]
    public void What_is_only_bounded_is_modelled_through_its_lens()
    {
        var (problem, encoding, trials) = Tried();
        var surrogates = Surrogates.Fit(problem, new(trials, []), encoding)!;
        var bound = problem.Constraints.Single().Metric;
        var lens = BoundLens.Of(0, trials.Select(trial => trial.Values!.Of(bound)))!;

        foreach (var trial in trials)
        {
            double[] point = encoding.Encode(trial.Candidate!);
            Assert.Equal(lens.Through(trial.Values!.Of(bound), 0).Value, surrogates.Of(bound, point, null).Mean, 0.02);
            var objective = problem.Objectives[0].Metric;
            Assert.Equal(trial.Values!.Of(objective), surrogates.Natural(objective, surrogates.Of(objective, point, null)).Mean, 0.02);
        }

        Assert.Contains(trials, trial => trial.Values!.Of(bound) > 0.1 + lens.Through(trial.Values!.Of(bound), 0).Value);
    }

    [Fact]
    public void Errors_of_what_is_seen_through_a_lens_are_told_in_the_unit_of_the_metric()
    {
        var (problem, encoding, trials) = Tried();
        var bound = problem.Constraints.Single().Metric;
        double[] values = [.. trials.Select(trial => trial.Values!.Of(bound))];
        var lens = BoundLens.Of(0, values)!;

        var left = Surrogates.Fit(problem, new(trials, []), encoding)!.LeaveOneOut(bound);

        for (int i = 0; i < values.Length; i++)
        {
            double foretold = values[i] - left.Natural[i];
            Assert.Equal(left.Unit * left.Errors[i], lens.Through(values[i], 0).Value - lens.Through(foretold, 0).Value, 1e-9);
        }

        Assert.True(left.Error > 1.2 * left.Unit * Math.Sqrt(left.Errors.Average(error => error * error)), "Far from the bound an error is larger than the lens shows it.");
    }

    [Fact]
    public void An_objective_with_skewed_losses_is_modelled_through_a_lens_and_foretold_in_its_unit()
    {
        var (problem, encoding, trials) = Tried("BraninCurrin");
        var branin = problem.Objectives[0];
        var lens = LossLens.Of(branin.Direction, [.. trials.Select(trial => trial.Values!.Of(branin.Metric))])!;

        var surrogates = Surrogates.Fit(problem, new(trials, []), encoding)!;

        foreach (var trial in trials)
        {
            double value = trial.Values!.Of(branin.Metric);
            var modelled = surrogates.Of(branin.Metric, encoding.Encode(trial.Candidate!), null);
            Assert.Equal(lens.Through(value, 0).Value, modelled.Mean, 0.5);
            Assert.Equal(value, surrogates.Natural(branin.Metric, modelled).Mean, 2.0);
            double[] losses = [value, 7];
            Assert.Equal(lens.Through(value, 0).Value, surrogates.Seen(losses)[0]);
            Assert.Equal(value, surrogates.Natural(surrogates.Seen(losses))[0], 1e-9);
        }

        Assert.Contains(trials, trial => trial.Values!.Of(branin.Metric) > 30 + lens.Through(trial.Values!.Of(branin.Metric), 0).Value);
        double median = lens.Median;
        // A deviation is as long as the lens makes it there.
        var far = surrogates.Natural(branin.Metric, new(lens.Through(median + (6 * lens.Scale), 0).Value, 0.01));
        Assert.Equal(0.01 * Math.Pow(7, 1 - lens.Power), far.Deviation, 1e-4);
    }

    [Theory, InlineData(0, true), InlineData(0.007, true), InlineData(0.03, false)]
    public void An_objective_of_much_noise_beside_the_variance_of_its_values_is_modelled_as_it_is(double share, bool throughLens)
    {
        var (problem, encoding, trials) = Tried("BraninCurrin");
        var metric = problem.Objectives[0].Metric;
        double[] values = [.. trials.Select(trial => trial.Values!.Of(metric))];
        double noise = share * values.Average(value => (value - values.Average()) * (value - values.Average()));
        Observation[] noisy = [.. trials.Select(trial => trial with { Values = trial.Values! with { Variances = new Dictionary<Metric, double> { [metric] = noise } } })];

        double[] losses = [values.Max(), 7];
        Assert.Equal(throughLens, losses[0] > Surrogates.Fit(problem, new(noisy, []), encoding)!.Seen(losses)[0]);
    }

    [Fact]
    public void Models_that_are_compared_with_others_see_objectives_as_they_are_and_bounds_through_their_lens()
    {
        var (problem, encoding, trials) = Tried("BraninCurrin");
        double[] losses = [trials.Max(trial => trial.Values!.Of(problem.Objectives[0].Metric)), 7];
        Assert.Equal(losses, Surrogates.Fit(problem, new(trials, []), encoding, throughLenses: false)!.Seen(losses));

        (problem, encoding, trials) = Tried();
        var bound = problem.Constraints.Single().Metric;
        double far = trials.Max(trial => trial.Values!.Of(bound));
        Assert.True(Surrogates.Fit(problem, new(trials, []), encoding, throughLenses: false)!.Natural(bound, new(far, 0)).Mean > far);
    }

    private static (SearchProblem Problem, SpaceEncoding Encoding, Observation[] Trials) Tried(string name = "C2DTLZ2")
    {
        var search = new ProblemSearch(TestProblems.Find(name));
        var problem = search.Ask(0, 60, new() { Name = "bayesian" });
        var encoding = new SpaceEncoding(problem.Space);
        var sequence = new SobolSequence(encoding.Axes.Count, new(0, "surrogates"));
        return (problem, encoding, [.. Enumerable.Range(0, 30).Select(i => encoding.Decode(sequence.At((uint)i)))
            .Select((candidate, i) => new Observation(new(i + 1), candidate, search.True(candidate)))]);
    }
}
