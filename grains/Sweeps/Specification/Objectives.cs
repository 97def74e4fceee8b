namespace Distributed.Sweeps;

/// <summary>Which way a metric is better.</summary>
[GenerateSerializer, Alias("direction.v1")]
public enum Direction
{
    /// <summary>Smaller is better.</summary>
    Minimize,

    /// <summary>Larger is better.</summary>
    Maximize,
}

/// <summary>One thing to optimise, in its natural unit.</summary>
/// <param name="Metric">What is optimised; each metric at most once in a sweep.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="Reference">The worst value that still counts for the hypervolume, in the metric's unit; null to derive it from the dense model.</param>
[GenerateSerializer, Immutable, Alias("objective.v1")]
public sealed record Objective(Metric Metric, Direction Direction, double? Reference = null);

/// <summary>A bound that a trial must keep to be feasible. Bounds are inclusive.</summary>
/// <param name="Metric">What is bounded.</param>
/// <param name="AtMost">Upper bound in the metric's unit, or null.</param>
/// <param name="AtLeast">Lower bound in the metric's unit, or null.</param>
[GenerateSerializer, Immutable, Alias("constraint.v1")]
public sealed record Constraint(Metric Metric, double? AtMost = null, double? AtLeast = null);
