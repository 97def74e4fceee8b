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
            models[metric] = GaussianProcess.Fit(data);
        }

        return new(problem, features, models);
    }

    /// <summary>What is expected, or known.</summary>
    public Prediction Of(Metric metric, ReadOnlySpan<double> point, KnownCosts? costs) => _models.TryGetValue(metric, out var model)
        ? model.Predict(_features.Of(point, costs))
        : new(costs?.Of(metric) ?? double.NaN, 0);

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
        foreach (var trial in history.Closed)
        {
            if (trial.Candidate is null || Target(trial, history, metric) is not { } target || !double.IsFinite(target.Value)) continue;
            rows.Add((features.Of(encoding.Encode(trial.Candidate), problem.Forecast.Costs(trial.Candidate)), target.Value, target.Variance));
        }

        return new([.. rows.Select(row => row.Input)], features.Ordered, [.. rows.Select(row => row.Target)], [.. rows.Select(row => row.Variance)]);
    }

    private static (double Value, double Variance)? Target(Observation trial, SearchHistory history, Metric metric) => trial.Values switch
    {
        { } values when metric == Metric.Accuracy => (values.Accuracy, double.IsFinite(values.AccuracyVariance) ? Math.Max(0, values.AccuracyVariance) : 0),
        { } values => (values.Of(metric), 0),
        null when metric == Metric.Accuracy => StoppedTrials.Estimate(trial, history.Closed),
        null => null,
    };
}
