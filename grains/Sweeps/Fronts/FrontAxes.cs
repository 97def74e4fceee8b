namespace Distributed.Sweeps;

/// <summary>The two metrics that a front is drawn over, whatever their order in the sweep file: what is gained upwards, what it costs to the right.</summary>
/// <param name="Cost">The latency that is to be small, else the first objective that is; the latency ratio where there is none.</param>
/// <param name="Gain">The first objective that is to be large; the first objective where there is none, accuracy where there are none at all.</param>
public readonly record struct FrontAxes(Metric Cost, Metric Gain)
{
    /// <summary>The axes for some objectives.</summary>
    public static FrontAxes Of(IReadOnlyList<Objective> objectives)
    {
        var costs = objectives.Where(objective => objective.Direction == Direction.Minimize).Select(objective => objective.Metric);
        var gains = objectives.Where(objective => objective.Direction == Direction.Maximize).Select(objective => objective.Metric);
        var gain = gains.Concat(objectives.Select(objective => objective.Metric)).FirstOrDefault(Metric.Accuracy);
        var paid = costs.Where(metric => metric != gain).OrderBy(metric => metric is Metric.LatencyRatio or Metric.LatencyMs ? 0 : 1);
        return new(paid.FirstOrDefault(Metric.LatencyRatio), gain);
    }
}
