namespace Distributed.Search;

/// <summary>
/// The inputs of the surrogate: a candidate's point, and beside it the logarithms of its MACs and parameters where they are known. They are
/// functions of the candidate, so the kernel over both is a kernel over candidates; and how much capacity is left says more about accuracy
/// than any single ratio.
/// </summary>
internal sealed class CostFeatures
{
    private const int Sample = 128;
    private static readonly Metric[] Metrics = [Metric.Macs, Metric.Parameters];
    private readonly List<(Metric Metric, double Low, double Range)> _features = [];

    /// <summary>Scales the features to [0, 1] over a fixed sample of the space.</summary>
    public CostFeatures(SearchProblem problem, SpaceEncoding encoding)
    {
        var sequence = new SobolSequence(encoding.Axes.Count, new(problem.Seed, "cost-features"));
        var costs = Enumerable.Range(0, Sample).Select(i => problem.Forecast.Costs(encoding.Decode(sequence.At((uint)i)))).ToList();
        foreach (var metric in Metrics)
        {
            double[] logs = [.. costs.Select(cost => Logarithm(cost, metric)).Where(double.IsFinite)];
            if (logs.Length == Sample && logs.Max() - logs.Min() > 1e-6) _features.Add((metric, logs.Min(), logs.Max() - logs.Min()));
        }

        Ordered = [.. encoding.Axes.Select(axis => axis.IsOrdered), .. _features.Select(_ => true)];
    }

    /// <summary>Whether no cost is among the inputs.</summary>
    public bool IsPointAlone => _features.Count == 0;

    /// <summary>Gradients over the inputs as gradients over the point: features are functions of the costs.</summary>
    public double[] OverPoint(double[] ofInputs, CostSlopes slopes)
    {
        int d = ofInputs.Length - _features.Count;
        double[] gradient = ofInputs[..d];
        for (int i = 0; i < _features.Count; i++)
        {
            (var metric, _, double range) = _features[i];
            double[] ofFeature = slopes.Of(costs => Logarithm(costs, metric) / range);
            for (int j = 0; j < d; j++) gradient[j] += ofInputs[d + i] * ofFeature[j];
        }

        return gradient;
    }

    /// <summary>Which inputs have an order.</summary>
    public IReadOnlyList<bool> Ordered { get; }

    /// <summary>The inputs for a candidate.</summary>
    public double[] Of(ReadOnlySpan<double> point, KnownCosts? costs)
    {
        double[] inputs = new double[Ordered.Count];
        point.CopyTo(inputs);
        for (int i = 0; i < _features.Count; i++)
        {
            (var metric, double low, double range) = _features[i];
            double logarithm = Logarithm(costs, metric);
            inputs[point.Length + i] = double.IsFinite(logarithm) ? (logarithm - low) / range : 0.5;
        }

        return inputs;
    }

    private static double Logarithm(KnownCosts? costs, Metric metric) => costs?.Of(metric) is { } cost ? Math.Log(cost) : double.NaN;
}
