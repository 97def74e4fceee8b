namespace Distributed.Client.Selection;

/// <summary>How far trials miss a sweep's constraints, by the rule of <see cref="Bounds"/>.</summary>
internal static class Feasibility
{
    /// <summary>The sweep's constraints and, when latency is an objective, that of not being slower than the dense model.</summary>
    public static IReadOnlyList<Constraint> BoundsOf(SweepSpec? spec) => spec is null ? [] : Bounds.Of(spec.Objectives, spec.Constraints);

    /// <summary>Sum over the constraints of how far each is missed, relative to its bound; 0 for a feasible trial.</summary>
    public static double Violation(Measurement measurement, IReadOnlyList<Constraint> constraints) =>
        Bounds.Violation(constraints, measurement.Of);

    /// <summary>The trial that misses the constraints least, the earlier of equal ones; null where there is none.</summary>
    public static TrialState? Nearest(IEnumerable<TrialState> measured, IReadOnlyList<Constraint> constraints) => measured
        .OrderBy(trial => Violation(trial.Measurement!, constraints))
        .ThenBy(trial => trial.Id)
        .FirstOrDefault();

    /// <summary>"accuracy 0.78, asked at least 0.8" for every constraint that is missed.</summary>
    public static string Missed(Measurement measurement, IReadOnlyList<Constraint> constraints) => string.Join("; ", constraints
        .Where(constraint => Bounds.Violation(constraint, measurement.Of(constraint.Metric)) > 0)
        .Select(constraint => Missed(measurement.Of(constraint.Metric), constraint)));

    private static string Missed(double value, Constraint constraint)
    {
        string bound = value < constraint.AtLeast ? Invariant($"at least {constraint.AtLeast}") : Invariant($"at most {constraint.AtMost}");
        return Invariant($"{SweepFiles.Vocabulary.NameOf(constraint.Metric)} {value:0.####}, asked {bound}");
    }
}
