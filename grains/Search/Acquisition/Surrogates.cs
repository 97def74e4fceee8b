namespace Distributed.Search;

/// <summary>What is expected of a candidate in every metric that the objectives and constraints ask for: known where it is, modelled where not.</summary>
internal sealed class Surrogates
{
    private const int Threads = 2;
    private readonly SearchProblem _problem;
    private readonly CostFeatures _features;
    private readonly Dictionary<Metric, GaussianProcess> _models;
    private readonly Dictionary<Metric, Lensed> _lensed;

    private Surrogates(SearchProblem problem, CostFeatures features, Dictionary<Metric, GaussianProcess> models, Dictionary<Metric, Lensed> lensed) =>
        (_problem, _features, _models, _lensed) = (problem, features, models, lensed);

    /// <summary>The metrics that are modelled.</summary>
    public IReadOnlyCollection<Metric> Modelled => _models.Keys;

    /// <summary>"jitter 1e-06 for accuracy", where a covariance could not be factored as it was; empty otherwise.</summary>
    public string Fallbacks => string.Join(", ", _models.Where(pair => pair.Value.Jitter > 0)
        .Select(pair => Invariant($"jitter {pair.Value.Jitter:g1} for {MetricText.Of(pair.Key)}")));

    /// <summary>Fits one process to each metric that is not known beforehand; null while there are too few trials for one of them.</summary>
    /// <param name="problem">What is searched.</param>
    /// <param name="history">Whose evidence is learnt from.</param>
    /// <param name="encoding">Of the problem's space.</param>
    /// <param name="throughLenses">
    /// Whether skewed objectives are modelled through lenses; not where improvements by models of different trials are compared, each of which would have lenses of its own.
    /// </param>
    public static Surrogates? Fit(SearchProblem problem, SearchHistory history, SpaceEncoding encoding, bool throughLenses = true)
    {
        var features = new CostFeatures(problem, encoding);
        var asked = problem.Objectives.Select(objective => objective.Metric).Concat(problem.Constraints.Select(bound => bound.Metric)).Distinct();
        Metric[] modelled = [.. asked.Where(metric => !IsKnown(problem, history, metric))];
        var data = Array.ConvertAll(modelled, metric => Data(problem, history, encoding, features, metric));
        if (data.Any(set => set.Targets.Count < 2)) return null;
        // Feasible regions are islands: a smoother kernel tells from farther away where the next one lies.
        var kind = problem.Constraints.Any(bound => modelled.Contains(bound.Metric)) ? KernelKind.SquaredExponential : KernelKind.Matern52;
        var fitted = new (GaussianProcess Process, ILens? Lens)[modelled.Length];
        Parallel.For(0, fitted.Length, new() { MaxDegreeOfParallelism = Threads }, i => fitted[i] = Process(problem, modelled[i], data[i], kind, throughLenses));
        var models = modelled.Zip(fitted).ToDictionary(pair => pair.First, pair => pair.Second.Process);
        var lensed = new Dictionary<Metric, Lensed>();
        for (int i = 0; i < modelled.Length; i++)
        {
            if (fitted[i].Lens is { } lens) lensed.Add(modelled[i], new(lens, [.. data[i].Targets]));
        }

        return new(problem, features, models, lensed);
    }

    /// <summary>Losses of the objectives as they are modelled: comparable with <see cref="Expect(Metric, ReadOnlySpan{double}, KnownCosts?)"/>.</summary>
    public double[] Seen(double[] losses) => Map(losses, (lens, value) => lens.Through(value, 0).Value);

    /// <summary>The losses behind what is modelled.</summary>
    public double[] Natural(double[] losses) => Map(losses, (lens, value) => lens.Back(value));

    /// <summary>A prediction in the metric's unit: through a lens its mean becomes the median.</summary>
    public Prediction Natural(Metric metric, Prediction modelled) => _lensed.TryGetValue(metric, out var lensed)
        ? new(lensed.Lens.Back(modelled.Mean), 0.5 * Math.Abs(lensed.Lens.Back(modelled.Mean + modelled.Deviation) - lensed.Lens.Back(modelled.Mean - modelled.Deviation)))
        : modelled;

    /// <summary>What is expected, or known.</summary>
    public Prediction Of(Metric metric, ReadOnlySpan<double> point, KnownCosts? costs) => _models.TryGetValue(metric, out var model)
        ? model.Predict(_features.Of(point, costs))
        : new(costs?.Of(metric) ?? double.NaN, 0);

    /// <summary>How many draws of the values behind noisy trials there are.</summary>
    public int Draws => _models.Count == 0 ? 1 : _models.Values.Max(model => model.Draws);

    /// <summary>What is expected, or known, in each draw.</summary>
    public Expected Expect(Metric metric, ReadOnlySpan<double> point, KnownCosts? costs)
    {
        if (!_models.TryGetValue(metric, out var model)) return Known(metric, costs);
        double[] means = new double[model.Draws];
        return new(model.Predict(_features.Of(point, costs), means), means);
    }

    /// <summary>The same with its slopes.</summary>
    public Expected Expect(Metric metric, ReadOnlySpan<double> point, CostSlopes slopes)
    {
        if (!_models.TryGetValue(metric, out var model))
        {
            double[] ofCost = slopes.Of(costs => costs?.Of(metric) ?? double.NaN);
            return Known(metric, slopes.At) with { OfMean = ofCost, OfMeans = [ofCost], OfDeviation = new double[point.Length] };
        }

        double[] inputs = _features.Of(point, slopes.At);
        double[] ofMean = new double[inputs.Length];
        double[] ofDeviation = new double[inputs.Length];
        var forecast = model.Predict(inputs, ofMean, ofDeviation);
        double[] means = [forecast.Mean];
        double[][] ofMeans = [ofMean];
        if (model.Draws > 1)
        {
            means = new double[model.Draws];
            ofMeans = [.. means.Select(_ => new double[inputs.Length])];
            model.Predict(inputs, means);
            model.Slopes(inputs, ofMeans);
        }

        double[] Over(double[] gradient) => _features.OverPoint(gradient, slopes);
        return new(forecast, means) { OfMean = Over(ofMean), OfDeviation = Over(ofDeviation), OfMeans = Array.ConvertAll(ofMeans, Over) };
    }

    /// <summary>Whether everything is modelled over the point alone, so that what is expected is a smooth function of it.</summary>
    public bool IsSmooth => _features.IsPointAlone && _problem.Objectives.All(objective => _models.ContainsKey(objective.Metric))
        && _problem.Constraints.All(bound => _models.ContainsKey(bound.Metric));

    /// <summary>How well a modelled metric is foretold, as it is modelled; errors in its unit are taken back through its lens.</summary>
    public LeaveOneOut LeaveOneOut(Metric metric)
    {
        var left = _models[metric].LeaveOneOut();
        return _lensed.TryGetValue(metric, out var lensed) ? left with { Natural = lensed.Errors(left) } : left;
    }

    /// <summary>The same after a candidate is taken to have given what is expected of it.</summary>
    public Surrogates Believe(double[] point, KnownCosts? costs)
    {
        double[] inputs = _features.Of(point, costs);
        return new(_problem, _features, _models.ToDictionary(pair => pair.Key, pair => pair.Value.Believe(inputs)), _lensed);
    }

    private static Expected Known(Metric metric, KnownCosts? costs)
    {
        double known = costs?.Of(metric) ?? double.NaN;
        return new(new(known, 0), [known]);
    }

    /// <summary>Known means known for every candidate so far.</summary>
    private static bool IsKnown(SearchProblem problem, SearchHistory history, Metric metric) =>
        metric is not (Metric.Accuracy or Metric.CorruptedAccuracy)
        && history.Candidates.All(candidate => problem.Forecast.Costs(candidate)?.Of(metric) is { } known && double.IsFinite(known));

    private double[] Map(double[] losses, Func<ILens, double, double> map) => [.. _problem.Objectives.Select((objective, i) =>
        _lensed.TryGetValue(objective.Metric, out var lensed) ? Losses.Of(objective, map(lensed.Lens, Losses.Of(objective, losses[i]))) : losses[i])];

    /// <summary>Noise that is the same everywhere is not so behind a bent lens: where it is much of the variance without the lens, the metric is modelled as it is.</summary>
    private static (GaussianProcess Process, ILens? Lens) Process(SearchProblem problem, Metric metric, TrainingSet data, KernelKind kind, bool throughLenses)
    {
        GaussianProcess Fit(TrainingSet set) => ProcessFit.Of(set, kind, new(problem.Seed, Invariant($"draws/{metric}/{set.Targets.Count}")));
        if (Lens(problem, metric, data.Targets) is not { } lens || (lens is LossLens && !throughLenses)) return (Fit(data), null);
        var seen = data.Through(lens);
        var process = Fit(seen);
        if (lens is not LossLens) return (process, lens);
        double drawnTogether = Standardization.Of(seen.Targets).Scale.Deviation / Standardization.Of(data.Targets).Scale.Deviation;
        return ProcessFit.NoiseShare(seen, [.. process.Theta]) * drawnTogether * drawnTogether > ProcessFit.MuchNoise ? (Fit(data), null) : (process, lens);
    }

    private static TrainingSet Data(SearchProblem problem, SearchHistory history, SpaceEncoding encoding, CostFeatures features, Metric metric)
    {
        var rows = new List<(double[] Input, double Target, double Variance)>();
        foreach (var trial in history.Evidence)
        {
            if (trial.Candidate is null || Target(trial, history, metric) is not { } target || !double.IsFinite(target.Value)) continue;
            rows.Add((features.Of(encoding.Encode(trial.Candidate), problem.Forecast.Costs(trial.Candidate)), target.Value, target.Variance));
        }

        return new([.. rows.Select(row => row.Input)], features.Ordered, [.. rows.Select(row => row.Target)], [.. rows.Select(row => row.Variance)]);
    }

    /// <summary>For what has one bound or is an objective, and not both; null for others, which are modelled as they are.</summary>
    private static ILens? Lens(SearchProblem problem, Metric metric, IReadOnlyList<double> values)
    {
        Constraint[] bounds = [.. Feasibility.All(problem.Objectives, problem.Constraints).Where(bound => bound.Metric == metric)];
        return (bounds, problem.Objectives.FirstOrDefault(objective => objective.Metric == metric)) switch
        {
            ([], { } objective) => LossLens.Of(objective.Direction, values),
            ([{ AtLeast: { } least, AtMost: null }], null) => BoundLens.Of(least, values),
            ([{ AtLeast: null, AtMost: { } most }], null) => BoundLens.Of(most, values),
            _ => null,
        };
    }

    private static (double Value, double Variance)? Target(Observation trial, SearchHistory history, Metric metric) => trial.Values switch
    {
        { } values => (values.Of(metric), values.VarianceOf(metric)),
        null when metric == Metric.Accuracy => StoppedTrials.Estimate(trial, history.Evidence),
        null => null,
    };

    /// <summary>A metric that is modelled through a lens, with its values in natural units.</summary>
    private sealed record Lensed(ILens Lens, double[] Values)
    {
        /// <summary>What was measured less what is foretold, both in natural units.</summary>
        public double[] Errors(LeaveOneOut left)
        {
            (var scale, double[] targets) = Standardization.Of([.. Values.Select(value => Lens.Through(value, 0).Value)]);
            return [.. Values.Select((value, i) => value - Lens.Back(scale.Mean + (scale.Deviation * (targets[i] - left.Errors[i]))))];
        }
    }
}
