namespace Distributed.Search;

/// <summary>What is expected of a candidate in every metric that the objectives and constraints ask for: known where it is, modelled where not.</summary>
internal sealed class Surrogates
{
    private readonly SearchProblem _problem;
    private readonly CostFeatures _features;
    private readonly Dictionary<Metric, GaussianProcess> _models;

    private Surrogates(SearchProblem problem, CostFeatures features, Dictionary<Metric, GaussianProcess> models) =>
        (_problem, _features, _models) = (problem, features, models);

    /// <summary>The metrics that are modelled.</summary>
    public IReadOnlyCollection<Metric> Modelled => _models.Keys;

    /// <summary>"jitter 1e-06 for accuracy", where a covariance could not be factored as it was; empty otherwise.</summary>
    public string Fallbacks => string.Join(", ", _models.Where(pair => pair.Value.Jitter > 0)
        .Select(pair => Invariant($"jitter {pair.Value.Jitter:g1} for {MetricText.Of(pair.Key)}")));

    /// <summary>Fits one process to each metric that is not known beforehand; null while there are too few trials for one of them.</summary>
    public static Surrogates? Fit(SearchProblem problem, SearchHistory history, SpaceEncoding encoding)
    {
        var features = new CostFeatures(problem, encoding);
        var asked = problem.Objectives.Select(objective => objective.Metric).Concat(problem.Constraints.Select(bound => bound.Metric)).Distinct();
        var models = new Dictionary<Metric, GaussianProcess>();
        foreach (var metric in asked.Where(metric => !IsKnown(problem, history, metric)))
        {
            var data = Data(problem, history, encoding, features, metric);
            if (data.Targets.Count < 2) return null;
            models[metric] = problem.Objectives.Any(objective => objective.Metric == metric)
                ? ProcessFit.Of(data, KernelKind.Matern52)
                : ProcessFit.Of(data, KernelKind.Matern52, KernelKind.SquaredExponential);
        }

        return new(problem, features, models);
    }

    /// <summary>What is expected, or known.</summary>
    public Prediction Of(Metric metric, ReadOnlySpan<double> point, KnownCosts? costs) => _models.TryGetValue(metric, out var model)
        ? model.Predict(_features.Of(point, costs))
        : new(costs?.Of(metric) ?? double.NaN, 0);

    /// <summary>What is expected at a point where no cost is known, and how that changes with the point.</summary>
    public Prediction Of(Metric metric, ReadOnlySpan<double> point, Span<double> ofMean, Span<double> ofDeviation) =>
        _models[metric].Predict(point, ofMean, ofDeviation);

    /// <summary>Whether everything is modelled over the point alone, so that what is expected is a smooth function of it.</summary>
    public bool IsSmooth => _features.IsPointAlone && _problem.Objectives.All(objective => _models.ContainsKey(objective.Metric))
        && _problem.Constraints.All(bound => _models.ContainsKey(bound.Metric));

    /// <summary>How well a modelled metric is foretold.</summary>
    public LeaveOneOut LeaveOneOut(Metric metric) => _models[metric].LeaveOneOut();

    /// <summary>The same after a candidate is taken to have given what is expected of it.</summary>
    public Surrogates Believe(double[] point, KnownCosts? costs)
    {
        double[] inputs = _features.Of(point, costs);
        return new(_problem, _features, _models.ToDictionary(pair => pair.Key, pair => pair.Value.Believe(inputs)));
    }

    /// <summary>Known means known for every candidate so far.</summary>
    private static bool IsKnown(SearchProblem problem, SearchHistory history, Metric metric) =>
        metric is not (Metric.Accuracy or Metric.CorruptedAccuracy)
        && history.Candidates.All(candidate => problem.Forecast.Costs(candidate)?.Of(metric) is { } known && double.IsFinite(known));

    private static TrainingSet Data(
        SearchProblem problem, SearchHistory history, SpaceEncoding encoding, CostFeatures features, Metric metric)
    {
        var rows = new List<(double[] Input, double Target, double Variance)>();
        foreach (var trial in history.Evidence)
        {
            if (trial.Candidate is null || Target(trial, history, metric) is not { } target || !double.IsFinite(target.Value)) continue;
            rows.Add((features.Of(encoding.Encode(trial.Candidate), problem.Forecast.Costs(trial.Candidate)), target.Value, target.Variance));
        }

        return new([.. rows.Select(row => row.Input)], features.Ordered, [.. rows.Select(row => row.Target)], [.. rows.Select(row => row.Variance)]);
    }

    private static (double Value, double Variance)? Target(Observation trial, SearchHistory history, Metric metric) => trial.Values switch
    {
        { } values => (values.Of(metric), values.VarianceOf(metric)),
        null when metric == Metric.Accuracy => StoppedTrials.Estimate(trial, history.Evidence),
        null => null,
    };
}
