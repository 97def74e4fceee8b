namespace Distributed.Search;

/// <summary>Scores candidates by the logarithm of expected hypervolume improvement × probability of keeping the constraints.</summary>
/// <remarks>
/// Known costs are the forecast's, also for finished trials, so that a bias of the prediction falls on both sides of every comparison;
/// modelled values of finished trials are the model's means, so that one lucky measurement does not hide a whole region.
/// </remarks>
internal sealed class Acquisition
{
    private readonly SearchProblem _problem;
    private readonly SpaceEncoding _encoding;
    private readonly Surrogates _surrogates;
    private readonly LogImprovement _improvement;
    private readonly Constraint[] _bounds;

    public Acquisition(SearchProblem problem, SearchHistory history, SpaceEncoding encoding, Surrogates surrogates)
    {
        (_problem, _encoding) = (problem, encoding);
        foreach (var pending in history.Pending) surrogates = surrogates.Believe(encoding.Encode(pending), problem.Forecast.Costs(pending));
        _surrogates = surrogates;
        _bounds = [.. Feasibility.All(problem.Objectives, problem.Constraints).Where(bound => surrogates.Modelled.Contains(bound.Metric))];
        var measured = Measured(history).Select(trial => (trial.Candidate!, LossesOf(trial.Candidate!))).ToList();
        double[] dense = history.Dense is { } values ? Losses.Of(problem.Objectives, values.Of) : [];
        Front = [.. measured.Where(one => !measured.Exists(other => Losses.Dominates(other.Item2, one.Item2))).Select(one => one.Item1)];
        var staircase = measured.Select(one => one.Item2).Concat(history.Pending.Where(IsExpectedFeasible).Select(LossesOf));
        if (dense.Length > 0 && Feasibility.Violation(problem.Constraints, history.Dense!) == 0) staircase = staircase.Append(dense);
        _improvement = new(staircase, ReferenceOf(history));
    }

    /// <summary>The finished candidates that no other is expected to dominate.</summary>
    public IReadOnlyList<Candidate> Front { get; }

    /// <summary>Whether <see cref="At"/> may be asked.</summary>
    public bool IsSmooth => _surrogates.IsSmooth;

    /// <summary>What a place's candidate promises.</summary>
    public Scored Score(ReadOnlySpan<double> place)
    {
        var candidate = _encoding.Decode(place);
        double[] point = _encoding.Encode(candidate);
        var costs = _problem.Forecast.Costs(candidate);
        if (!_encoding.Allows(candidate) || Feasibility.KnownViolation(_problem, costs) > 0) return new(point, candidate, double.NaN, 0, []);
        var forecast = Array.ConvertAll([.. _problem.Objectives], objective => _surrogates.Of(objective.Metric, point, costs));
        double feasible = 0;
        foreach (var bound in _bounds) feasible += LogFeasible(bound, _surrogates.Of(bound.Metric, point, costs), out _, out _);
        double unknown = forecast.Sum(value => value.Deviation / Math.Max(Math.Abs(value.Mean), 1e-9));
        double value = _improvement.Of(LossesOf(forecast), new double[forecast.Length], new double[forecast.Length]) + feasible;
        return new(point, candidate, double.IsNaN(value) ? double.NegativeInfinity : value, unknown * Math.Exp(feasible), forecast);
    }

    /// <summary>The value at a point, and its gradient in the inputs that have an order; only where no cost is known beforehand.</summary>
    public double At(ReadOnlySpan<double> point, Span<double> gradient)
    {
        int m = _problem.Objectives.Count;
        int d = point.Length;
        gradient.Clear();
        double[] slopes = new double[2 * d * m];
        var forecast = new Prediction[m];
        for (int i = 0; i < m; i++)
            forecast[i] = _surrogates.Of(_problem.Objectives[i].Metric, point, slopes.AsSpan(2 * d * i, d), slopes.AsSpan(d * ((2 * i) + 1), d));
        Span<double> ofMean = stackalloc double[m];
        Span<double> ofDeviation = stackalloc double[m];
        double value = _improvement.Of(LossesOf(forecast), ofMean, ofDeviation);
        for (int i = 0; i < m; i++)
        {
            double sign = Losses.Of(_problem.Objectives[i], 1);
            Add(gradient, slopes.AsSpan(2 * d * i, d), sign * ofMean[i]);
            Add(gradient, slopes.AsSpan(d * ((2 * i) + 1), d), ofDeviation[i]);
        }

        foreach (var bound in _bounds)
        {
            var predicted = _surrogates.Of(bound.Metric, point, slopes.AsSpan(0, d), slopes.AsSpan(d, d));
            value += LogFeasible(bound, predicted, out double byMean, out double byDeviation);
            Add(gradient, slopes.AsSpan(0, d), byMean);
            Add(gradient, slopes.AsSpan(d, d), byDeviation);
        }

        return value;
    }

    /// <summary>ln P(bound is kept) for a normal value, and its derivatives.</summary>
    private static double LogFeasible(Constraint bound, Prediction predicted, out double byMean, out double byDeviation)
    {
        (byMean, byDeviation) = (0, 0);
        double sum = 0;
        if (bound.AtLeast is { } least) sum += LogSide((predicted.Mean - least) / predicted.Deviation, 1 / predicted.Deviation, ref byMean, ref byDeviation);
        if (bound.AtMost is { } most) sum += LogSide((most - predicted.Mean) / predicted.Deviation, -1 / predicted.Deviation, ref byMean, ref byDeviation);
        return sum;
    }

    private static double LogSide(double z, double step, ref double byMean, ref double byDeviation)
    {
        (double value, double slope) = NormalTail.LogDistribution(z);
        byMean += slope * step;
        byDeviation -= slope * z * Math.Abs(step);
        return value;
    }

    private static void Add(Span<double> gradient, ReadOnlySpan<double> slopes, double factor)
    {
        for (int j = 0; j < gradient.Length; j++) gradient[j] += factor * slopes[j];
    }

    private Prediction[] LossesOf(Prediction[] forecast) =>
        [.. forecast.Zip(_problem.Objectives, (value, objective) => value with { Mean = Losses.Of(objective, value.Mean) })];

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
