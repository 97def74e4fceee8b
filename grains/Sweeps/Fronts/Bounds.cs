namespace Distributed.Sweeps;

/// <summary>What a trial must keep to reach the front, and how far it misses that. Search and console judge by the same rule.</summary>
/// <remarks>
/// The violation of one bound b by a value v is |v − b| / max(|b|, 1e-9), and that of several their sum; 0 is feasible. Values that are not
/// finite break every bound infinitely. When latency is an objective, the dense model's latency is a bound of its own: a model that is
/// slower than the dense one is not an answer to the question.
/// </remarks>
public static class Bounds
{
    private static readonly Constraint NotSlower = new(Metric.LatencyRatio, AtMost: 1);

    /// <summary>The sweep's constraints and, when latency is to be small, that of not being slower than the dense model.</summary>
    public static IReadOnlyList<Constraint> Of(IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints) =>
        objectives.Any(objective => objective.Metric is Metric.LatencyRatio or Metric.LatencyMs && objective.Direction == Direction.Minimize)
            ? [.. constraints, NotSlower]
            : constraints;

    /// <summary>How far values break some bounds; 0 when they keep them all.</summary>
    /// <param name="bounds">The bounds.</param>
    /// <param name="values">The value of a metric, in its natural unit.</param>
    public static double Violation(IReadOnlyList<Constraint> bounds, Func<Metric, double> values) =>
        bounds.Sum(bound => Violation(bound, values(bound.Metric)));

    /// <summary>How far one value breaks one bound; 0 when it keeps it.</summary>
    public static double Violation(Constraint bound, double value)
    {
        if (!double.IsFinite(value)) return double.PositiveInfinity;
        double above = bound.AtMost is { } most ? Math.Max(0, value - most) / Math.Max(Math.Abs(most), 1e-9) : 0;
        double below = bound.AtLeast is { } least ? Math.Max(0, least - value) / Math.Max(Math.Abs(least), 1e-9) : 0;
        return above + below;
    }
}
