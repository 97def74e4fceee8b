namespace Distributed.Search.Tests;

/// <summary>Branin's losses are skewed: its model sees them through a lens, which is bent where the references lie that stand here.</summary>
public sealed class AcquisitionTests
{
    private static readonly ProblemSearch Search = new(TestProblems.Find("BraninCurrin"));
    private readonly SpaceEncoding _encoding = new(Search.Ask(0, 60, new()).Space);

    [Fact]
    public void Improvements_of_skewed_objectives_are_counted_as_they_are_modelled_and_foretold_in_natural_units()
    {
        var problem = Problem(150, 6);
        var history = new SearchHistory(Trials(), []);
        var surrogates = Surrogates.Fit(problem, history, _encoding)!;
        double[] elsewhere = [140, 0.5];

        var acquisition = new Acquisition(problem, history, _encoding, surrogates, [elsewhere]);

        Assert.True(surrogates.Seen([150, 6])[0] < 140, "The reference is not bent.");
        for (int i = 30; i < 60; i++)
        {
            var scored = acquisition.Score(Place(i));
            Assert.Equal(Improvement(problem, surrogates, surrogates.Seen(elsewhere), surrogates.Seen([150, 6]), Place(i)), scored.Value, 1e-9);
            Assert.Equal(surrogates.Natural(problem.Objectives[0].Metric, surrogates.Of(problem.Objectives[0].Metric, Place(i), null)).Mean, scored.Forecast[0].Mean, 1e-9);
        }
    }

    [Fact]
    public void A_dense_model_is_improved_upon_as_the_objectives_are_modelled()
    {
        var problem = Problem(300, 20);
        // The best of all in the second objective, one of the worst in the first.
        var dense = new Observation(new(0), null, Trials()[0].Values! with { Macs = 250, Parameters = 0.1 });
        var history = new SearchHistory([dense, .. Trials()], []);
        var surrogates = Surrogates.Fit(problem, history, _encoding)!;

        var acquisition = new Acquisition(problem, history, _encoding, surrogates);

        double[] corner = _encoding.Encode(_encoding.Decode([0.0, 0.0]));
        Assert.Equal(Improvement(problem, surrogates, surrogates.Seen([250, 0.1]), surrogates.Seen([300, 20]), corner), acquisition.Score(corner).Value, 1e-9);
    }

    [Fact]
    public void A_reference_that_nobody_gave_is_derived_from_the_losses_themselves()
    {
        var problem = Problem(150, 6);
        problem = problem with { Objectives = [.. problem.Objectives.Select(objective => objective with { Reference = null })] };
        var trials = Trials();
        // An end of the front among the bad values of the first objective.
        trials[0] = trials[0] with { Values = trials[0].Values! with { Macs = 260, Parameters = -3 } };
        var history = new SearchHistory(trials, []);
        var surrogates = Surrogates.Fit(problem, history, _encoding)!;
        double[][] natural = [.. Trials().Select(trial => surrogates.Natural([.. problem.Objectives.Select(objective =>
            surrogates.Of(objective.Metric, _encoding.Encode(trial.Candidate!), null).Mean)]))];
        double[] reference = SearchReference.Of(problem.Objectives, history, natural, InitialDesign.Cover(problem));

        var acquisition = new Acquisition(problem, history, _encoding, surrogates);

        Assert.Equal(Improvement(problem, surrogates, null, surrogates.Seen(reference), Place(40)), acquisition.Score(Place(40)).Value, 1e-9);
    }

    private static SearchProblem Problem(double first, double second)
    {
        var problem = Search.Ask(0, 60, new() { Name = "bayesian" });
        return problem with { Objectives = [problem.Objectives[0] with { Reference = first }, problem.Objectives[1] with { Reference = second }] };
    }

    private double[] Place(int i) => _encoding.Encode(_encoding.Decode(new SobolSequence(2, new(0, "acquisition")).At((uint)i)));

    private Observation[] Trials() => [.. Enumerable.Range(0, 30).Select(i => _encoding.Decode(Place(i)))
        .Select((candidate, i) => new Observation(new(i + 1), candidate, Search.True(candidate)))];

    /// <summary>ln of the mean over draws of the expected improvement over the trials, and what else is given, as they are modelled.</summary>
    private double Improvement(SearchProblem problem, Surrogates surrogates, double[]? other, double[] reference, double[] place)
    {
        Prediction[] At(double[] point, int draw) => [.. problem.Objectives.Select(objective => surrogates.Expect(objective.Metric, point, (KnownCosts?)null))
            .Select(expected => new Prediction(expected.Mean(draw), expected.Forecast.Deviation))];
        double[] logs = [.. Enumerable.Range(0, surrogates.Draws).Select(draw =>
        {
            double[][] front = [.. Trials().Select(trial => At(_encoding.Encode(trial.Candidate!), draw).Select(value => value.Mean).ToArray())];
            return new LogImprovement(other is null ? front : front.Append(other), reference).Of(At(place, draw), new double[2], new double[2]);
        })];
        return logs.Max() + Math.Log(logs.Average(log => Math.Exp(log - logs.Max())));
    }
}
