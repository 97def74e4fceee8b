namespace Distributed.Search;

/// <summary>Scores candidates by expected hypervolume improvement times the probability of keeping the constraints.</summary>
/// <remarks>
/// Known costs are the forecast's, also for finished trials, so that a bias of the prediction falls on both sides of every comparison;
/// modelled values of finished trials are the model's means, so that one lucky measurement does not hide a whole region.
/// </remarks>
internal sealed class Acquisition
{
    private readonly SearchProblem _problem;
    private readonly SpaceEncoding _encoding;
    private readonly Surrogates _surrogates;
    private readonly ExpectedImprovement _improvement;

    public Acquisition(SearchProblem problem, SearchHistory history, SpaceEncoding encoding, Surrogates surrogates)
    {
        (_problem, _encoding) = (problem, encoding);
        foreach (var pending in history.Pending) surrogates = surrogates.Believe(encoding.Encode(pending), problem.Forecast.Costs(pending));
        _surrogates = surrogates;
        var measured = Measured(history).Select(trial => (trial.Candidate!, LossesOf(trial.Candidate!))).ToList();
        double[] dense = history.Dense is { } values ? Losses.Of(problem.Objectives, values.Of) : [];
        Front = [.. measured.Where(one => !measured.Exists(other => Losses.Dominates(other.Item2, one.Item2))).Select(one => one.Item1)];
        var staircase = measured.Select(one => one.Item2).Concat(history.Pending.Where(IsExpectedFeasible).Select(LossesOf));
        if (dense.Length > 0 && Feasibility.Violation(problem.Constraints, history.Dense!) == 0) staircase = staircase.Append(dense);
        _improvement = new(staircase, ReferenceOf(history));
    }

    /// <summary>The finished candidates that no other is expected to dominate.</summary>
    public IReadOnlyList<Candidate> Front { get; }

    /// <summary>What a point's candidate promises.</summary>
    public Scored Score(ReadOnlySpan<double> place)
    {
        var candidate = _encoding.Decode(place);
        double[] point = _encoding.Encode(candidate);
        var costs = _problem.Forecast.Costs(candidate);
        if (!_encoding.Allows(candidate) || Feasibility.KnownViolation(_problem, costs) > 0) return new(point, candidate, double.NaN, 0, []);
        var forecast = Array.ConvertAll([.. _problem.Objectives], objective => _surrogates.Of(objective.Metric, point, costs));
        var losses = forecast.Zip(_problem.Objectives, (value, objective) => value with { Mean = Losses.Of(objective, value.Mean) }).ToArray();
        double feasible = ProbabilityOfFeasibility(point, costs);
        double unknown = forecast.Sum(value => value.Deviation / Math.Max(Math.Abs(value.Mean), 1e-9));
        double value = _improvement.Of(losses) * feasible;
        return new(point, candidate, double.IsNaN(value) ? 0 : value, unknown * feasible, forecast);
    }

    private double ProbabilityOfFeasibility(double[] point, KnownCosts? costs)
    {
        double probability = 1;
        foreach (var bound in _problem.Constraints.Where(bound => _surrogates.Modelled.Contains(bound.Metric)))
        {
            (double mean, double deviation) = _surrogates.Of(bound.Metric, point, costs);
            if (bound.AtLeast is { } least) probability *= Normal.Distribution((mean - least) / deviation);
            if (bound.AtMost is { } most) probability *= Normal.Distribution((most - mean) / deviation);
        }

        return probability;
    }

    private IEnumerable<Observation> Measured(SearchHistory history)
    {
        var bounds = Feasibility.All(_problem.Objectives, _problem.Constraints);
        return history.Closed.Where(trial => trial is { Candidate: not null, Values: { } values }
            && _problem.Objectives.All(objective => double.IsFinite(values.Of(objective.Metric)))
            && Feasibility.Violation(bounds, values) == 0);
    }

    private double[] LossesOf(Candidate candidate)
    {
        double[] point = _encoding.Encode(candidate);
        var costs = _problem.Forecast.Costs(candidate);
        return Losses.Of(_problem.Objectives, metric => _surrogates.Of(metric, point, costs).Mean);
    }

    private bool IsExpectedFeasible(Candidate candidate)
    {
        double[] point = _encoding.Encode(candidate);
        var costs = _problem.Forecast.Costs(candidate);
        return Feasibility.All(_problem.Objectives, _problem.Constraints)
            .All(bound => _surrogates.Of(bound.Metric, point, costs).Mean is var mean && (double.IsNaN(mean) || Feasibility.Violation(bound, mean) == 0));
    }

    private double[] ReferenceOf(SearchHistory history) =>
        Losses.Of(_problem.Objectives, ReferencePoint.Of(_problem.Objectives, history));
}
