namespace Distributed.Search;

/// <summary>What an improvement is measured against: the feasible trials, and what is under way, as the surrogates see them.</summary>
internal sealed class Baseline
{
    private readonly SearchProblem _problem;
    private readonly Surrogates _surrogates;
    private readonly List<Expected[]> _expected = [];
    private readonly double[]? _dense;

    /// <param name="problem">What is searched.</param>
    /// <param name="history">Closed and pending trials.</param>
    /// <param name="encoding">Of the problem's space.</param>
    /// <param name="surrogates">Fitted to the closed trials, believing the pending ones.</param>
    public Baseline(SearchProblem problem, SearchHistory history, SpaceEncoding encoding, Surrogates surrogates)
    {
        (_problem, _surrogates) = (problem, surrogates);
        Candidate[] measured = [.. Measured(history).Select(trial => trial.Candidate!)];
        foreach (var candidate in measured) _expected.Add(Expect(encoding, candidate));
        Front = [.. NonDominated.Of([.. Expected]).Select(i => measured[i])];
        foreach (var candidate in history.Pending.Where(pending => IsExpectedFeasible(encoding, pending))) _expected.Add(Expect(encoding, candidate));
        if (history.Dense is { } values && Feasibility.Violation(problem.Constraints, values) == 0) _dense = surrogates.Seen(Search.Losses.Of(problem.Objectives, values.Of));
    }

    /// <summary>The finished candidates that no other is expected to dominate.</summary>
    public IReadOnlyList<Candidate> Front { get; }

    /// <summary>Losses as they are expected over all draws; like all here as they are modelled (<see cref="Surrogates.Seen"/>).</summary>
    public IEnumerable<double[]> Expected => WithDense(_expected.Select(one => Search.Losses.Of(_problem.Objectives, [.. one.Select(value => value.Forecast.Mean)])));

    /// <summary>Losses in one draw.</summary>
    public IEnumerable<double[]> Losses(int draw) => WithDense(_expected.Select(one => Search.Losses.Of(_problem.Objectives, [.. one.Select(value => value.Mean(draw))])));

    private IEnumerable<double[]> WithDense(IEnumerable<double[]> losses) => _dense is null ? losses : losses.Append(_dense);

    private IEnumerable<Observation> Measured(SearchHistory history)
    {
        var bounds = Feasibility.All(_problem.Objectives, _problem.Constraints);
        return history.Closed.Where(trial => trial is { Candidate: not null, Values: { } values }
            && _problem.Objectives.All(objective => double.IsFinite(values.Of(objective.Metric)))
            && Feasibility.Violation(bounds, values) == 0);
    }

    private Expected[] Expect(SpaceEncoding encoding, Candidate candidate)
    {
        double[] point = encoding.Encode(candidate);
        var costs = _problem.Forecast.Costs(candidate);
        return [.. _problem.Objectives.Select(objective => _surrogates.Expect(objective.Metric, point, costs))];
    }

    private bool IsExpectedFeasible(SpaceEncoding encoding, Candidate candidate)
    {
        double[] point = encoding.Encode(candidate);
        var costs = _problem.Forecast.Costs(candidate);
        return Feasibility.All(_problem.Objectives, _problem.Constraints)
            .All(bound => _surrogates.Of(bound.Metric, point, costs).Mean is var mean && (double.IsNaN(mean) || Feasibility.Violation(bound, mean) == 0));
    }
}
