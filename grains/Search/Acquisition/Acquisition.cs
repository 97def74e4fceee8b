namespace Distributed.Search;

/// <summary>Scores candidates by the logarithm of expected hypervolume improvement × probability of keeping the constraints.</summary>
/// <remarks>
/// Known costs are the forecast's, also for finished trials, so that a bias of the prediction falls on both sides of every comparison;
/// modelled values of finished trials are the model's draws, so that one lucky measurement does not hide a whole region.
/// </remarks>
internal sealed class Acquisition
{
    private readonly SearchProblem _problem;
    private readonly SpaceEncoding _encoding;
    private readonly Surrogates _surrogates;
    private readonly NoisyImprovement _improvement;
    private readonly Constraint[] _bounds;

    /// <param name="problem">What is searched.</param>
    /// <param name="history">Its closed trials are those that the surrogates know.</param>
    /// <param name="encoding">Of the problem's space.</param>
    /// <param name="surrogates">Fitted to the closed trials.</param>
    /// <param name="others">Losses of trials that the surrogates do not know and that are improved upon as well.</param>
    public Acquisition(
        SearchProblem problem, SearchHistory history, SpaceEncoding encoding, Surrogates surrogates, IReadOnlyList<double[]>? others = null)
    {
        (_problem, _encoding) = (problem, encoding);
        foreach (var pending in history.Pending) surrogates = surrogates.Believe(encoding.Encode(pending), problem.Forecast.Costs(pending));
        _surrogates = surrogates;
        var baseline = new Baseline(problem, history, encoding, surrogates);
        Front = baseline.Front;
        _bounds = [.. Feasibility.All(problem.Objectives, problem.Constraints).Where(bound => surrogates.Modelled.Contains(bound.Metric))];
        double[][] elsewhere = [.. others ?? []];
        double[] reference = SearchReference.Of(problem.Objectives, history, [.. baseline.Expected.Select(surrogates.Natural), .. elsewhere], InitialDesign.Cover(problem));
        double[][] seen = Array.ConvertAll(elsewhere, surrogates.Seen);
        List<double[]>[] fronts = [.. Enumerable.Range(0, surrogates.Draws).Select(draw => (List<double[]>)[.. baseline.Losses(draw), .. seen])];
        _improvement = new(problem.Objectives, fronts, surrogates.Seen(reference));
    }

    /// <summary>The finished candidates that no other is expected to dominate.</summary>
    public IReadOnlyList<Candidate> Front { get; }

    /// <summary>Whether nothing but models of the point decides.</summary>
    public bool IsSmooth => _surrogates.IsSmooth;

    /// <summary>What a place's candidate promises.</summary>
    public Scored Score(ReadOnlySpan<double> place)
    {
        var candidate = _encoding.Decode(place);
        double[] point = _encoding.Encode(candidate);
        var costs = _problem.Forecast.Costs(candidate);
        if (!_encoding.Allows(candidate) || Feasibility.KnownViolation(_problem, costs) > 0) return new(point, candidate, double.NaN, 0, []);
        var expected = Array.ConvertAll([.. _problem.Objectives], objective => _surrogates.Expect(objective.Metric, point, costs));
        double feasible = _bounds.Sum(bound => BoundProbability.Log(bound, _surrogates.Of(bound.Metric, point, costs), out _, out _));
        double unknown = expected.Sum(value => value.Forecast.Deviation / Math.Max(Math.Abs(value.Forecast.Mean), 1e-9));
        double value = _improvement.Of(expected, []) + feasible;
        Prediction[] forecast = [.. _problem.Objectives.Select((objective, i) => _surrogates.Natural(objective.Metric, expected[i].Forecast))];
        return new(point, candidate, double.IsNaN(value) ? double.NegativeInfinity : value, unknown * Math.Exp(feasible), forecast);
    }

    /// <summary>The value at a point, and its gradient along the real axes; −∞ where a constraint is known to be broken.</summary>
    public double At(ReadOnlySpan<double> point, Span<double> gradient)
    {
        gradient.Clear();
        var slopes = new CostSlopes(_problem, _encoding, point);
        if (Feasibility.KnownViolation(_problem, slopes.At) > 0) return double.NegativeInfinity;
        var expected = new Expected[_problem.Objectives.Count];
        for (int i = 0; i < expected.Length; i++) expected[i] = _surrogates.Expect(_problem.Objectives[i].Metric, point, slopes);
        double value = _improvement.Of(expected, gradient);
        foreach (var bound in _bounds)
        {
            var bounded = _surrogates.Expect(bound.Metric, point, slopes);
            value += BoundProbability.Log(bound, bounded.Forecast, out double byMean, out double byDeviation);
            Slopes.Add(gradient, bounded.OfMean!, byMean);
            Slopes.Add(gradient, bounded.OfDeviation!, byDeviation);
        }

        return value;
    }
}
