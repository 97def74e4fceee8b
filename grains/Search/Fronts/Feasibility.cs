namespace Distributed.Search;

/// <summary>How far values lie outside the constraints.</summary>
/// <remarks>
/// The violation of one bound b by a value v is |v − b| / max(|b|, 1e-9), and that of several their sum; 0 is feasible. Values that are not
/// finite break every bound infinitely. When latency is an objective, the dense model's latency is a bound of its own: a model that is
/// slower than the dense one is not an answer to the question.
/// </remarks>
public static class Feasibility
{
    private static readonly Constraint NotSlower = new(Metric.LatencyRatio, AtMost: 1);

    /// <summary>The sweep's constraints and, when latency is an objective, that of not being slower than the dense model.</summary>
    public static IReadOnlyList<Constraint> All(IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints) =>
        objectives.Any(objective => objective.Metric is Metric.LatencyRatio or Metric.LatencyMs && objective.Direction == Direction.Minimize)
            ? [.. constraints, NotSlower]
            : constraints;

    /// <summary>How far a finished trial breaks the constraints; 0 when it keeps them all.</summary>
    public static double Violation(IReadOnlyList<Constraint> constraints, ObservedValues values) =>
        constraints.Sum(constraint => Violation(constraint, values.Of(constraint.Metric)));

    internal static double Violation(Constraint constraint, double value)
    {
        if (!double.IsFinite(value)) return double.PositiveInfinity;
        double above = constraint.AtMost is { } most ? Math.Max(0, value - most) / Math.Max(Math.Abs(most), 1e-9) : 0;
        double below = constraint.AtLeast is { } least ? Math.Max(0, least - value) / Math.Max(Math.Abs(least), 1e-9) : 0;
        return above + below;
    }

    /// <summary>How far a candidate breaks the constraints on what is known beforehand.</summary>
    internal static double KnownViolation(SearchProblem problem, Candidate candidate) => KnownViolation(problem, problem.Forecast.Costs(candidate));

    internal static double KnownViolation(SearchProblem problem, KnownCosts? costs) =>
        All(problem.Objectives, problem.Constraints).Sum(bound => costs?.Of(bound.Metric) is { } known ? Violation(bound, known) : 0);

    /// <summary>"latency-ratio 0.62 &gt; 0.5", for every bound that is known to be broken.</summary>
    internal static string DescribeKnown(SearchProblem problem, Candidate candidate)
    {
        var costs = problem.Forecast.Costs(candidate);
        return string.Join(", ", All(problem.Objectives, problem.Constraints)
            .Where(bound => costs?.Of(bound.Metric) is { } known && Violation(bound, known) > 0)
            .Select(bound => Describe(bound, costs!.Of(bound.Metric)!.Value)));
    }

    private static string Describe(Constraint bound, double value) => bound.AtMost is { } most && !(value <= most)
        ? Invariant($"{MetricText.Of(bound.Metric)} {value:g4} > {most:g4}")
        : Invariant($"{MetricText.Of(bound.Metric)} {value:g4} < {bound.AtLeast:g4}");
}
