namespace Distributed.Search;

/// <summary>How far trials and candidates lie outside the constraints, by the rule of <see cref="Bounds"/>.</summary>
public static class Feasibility
{
    private const double DoubtOfCounts = 0.01;
    private const double DoubtOfLatency = 0.1;

    /// <summary>The sweep's constraints and, when latency is an objective, that of not being slower than the dense model.</summary>
    public static IReadOnlyList<Constraint> All(IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints) =>
        Bounds.Of(objectives, constraints);

    /// <summary>How far a finished trial breaks the constraints; 0 when it keeps them all.</summary>
    public static double Violation(IReadOnlyList<Constraint> constraints, ObservedValues values) => Bounds.Violation(constraints, values.Of);

    internal static double Violation(Constraint constraint, double value) => Bounds.Violation(constraint, value);

    /// <summary>How far a candidate breaks the constraints on what is known beforehand.</summary>
    internal static double KnownViolation(SearchProblem problem, Candidate candidate) => KnownViolation(problem, problem.Forecast.Costs(candidate));

    internal static double KnownViolation(SearchProblem problem, KnownCosts? costs) =>
        All(problem.Objectives, problem.Constraints).Sum(bound => costs?.Of(bound.Metric) is { } known ? Violation(bound, known) : 0);

    /// <summary>Whether a candidate breaks a constraint by more than what is known of it may be wrong: 10 % of a latency, 1 % of what is counted.</summary>
    internal static bool IsKnownToFail(SearchProblem problem, Candidate candidate)
    {
        var costs = problem.Forecast.Costs(candidate);
        return All(problem.Objectives, problem.Constraints).Any(bound => costs?.Of(bound.Metric) is { } known
            && Violation(bound, known) > (bound.Metric is Metric.LatencyRatio or Metric.LatencyMs ? DoubtOfLatency : DoubtOfCounts));
    }

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
