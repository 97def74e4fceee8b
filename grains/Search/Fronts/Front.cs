namespace Distributed.Search;

/// <summary>The non-dominated feasible measurements among some trials, and what can be said of them.</summary>
/// <remarks>
/// Feasible is what keeps the constraints and, where latency is an objective, is no slower than the dense model (<see cref="Feasibility"/>).
/// Equal measurements do not dominate each other: both are on the front. A measurement with a value that is not finite never is.
/// </remarks>
public sealed class Front
{
    private readonly IReadOnlyList<Objective> _objectives;

    private Front(IReadOnlyList<Objective> objectives, IReadOnlyList<Observation> members, double[] reference)
    {
        _objectives = objectives;
        Members = members;
        Reference = reference;
        Hypervolume = Search.Hypervolume.Of(members.Select(LossesOf), Losses.Of(objectives, reference));
    }

    /// <summary>Its trials by latency, or else by the second objective, ascending; equal ones by the other objectives and then by number.</summary>
    public IReadOnlyList<Observation> Members { get; }

    /// <summary>The worst values that count, one for each objective in its natural unit; see <see cref="ReferencePoint"/>.</summary>
    public IReadOnlyList<double> Reference { get; }

    /// <summary>The volume dominated inside <see cref="Reference"/>, in the product of the objectives' units.</summary>
    public double Hypervolume { get; }

    /// <summary>When no trial is feasible: the completed one that breaks the constraints least, equal ones by number. Null otherwise.</summary>
    public Observation? LeastInfeasible { get; private init; }

    /// <summary>The member that bends the front most; see <see cref="Sweeps.Knee"/>. Null for an empty front.</summary>
    public Observation? Knee => Sweeps.Knee.Of(Members, _objectives, (member, metric) => member.Values!.Of(metric));

    /// <summary>The front of some closed trials.</summary>
    /// <param name="objectives">One to four.</param>
    /// <param name="constraints">The sweep's constraints.</param>
    /// <param name="trials">Closed trials; those without values are passed over. The dense baseline gives the reference.</param>
    public static Front Of(IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints, IEnumerable<Observation> trials)
    {
        var all = trials.ToList();
        var measured = all.Where(trial => trial.Values is { } values && objectives.All(objective => double.IsFinite(values.Of(objective.Metric)))).ToList();
        var bounds = Feasibility.All(objectives, constraints);
        var feasible = measured.Where(trial => Feasibility.Violation(bounds, trial.Values!) == 0).ToList();
        return new(objectives, Order(objectives, NonDominated(objectives, feasible)), ReferencePoint.Of(objectives, new SearchHistory(all, [])))
        {
            LeastInfeasible = feasible.Count > 0
                ? null
                : measured.OrderBy(trial => Feasibility.Violation(bounds, trial.Values!)).ThenBy(trial => trial.Trial).FirstOrDefault(),
        };
    }

    /// <summary>The objective by which members are listed: latency, or else the second.</summary>
    internal static int Axis(IReadOnlyList<Objective> objectives)
    {
        for (int i = 0; i < objectives.Count; i++)
        {
            if (objectives[i].Metric is Metric.LatencyRatio or Metric.LatencyMs) return i;
        }

        return Math.Min(1, objectives.Count - 1);
    }

    private static List<Observation> NonDominated(IReadOnlyList<Objective> objectives, List<Observation> trials)
    {
        var losses = trials.ConvertAll(trial => Losses.Of(objectives, trial.Values!.Of));
        return [.. Search.NonDominated.Of(losses).Select(i => trials[i])];
    }

    private static List<Observation> Order(IReadOnlyList<Objective> objectives, List<Observation> members)
    {
        var by = objectives[Axis(objectives)];
        return [.. objectives.Aggregate(
            members.OrderBy(member => member.Values!.Of(by.Metric)),
            (order, objective) => order.ThenBy(member => Losses.Of(objective, member.Values!.Of(objective.Metric)))).ThenBy(member => member.Trial)];
    }

    private double[] LossesOf(Observation member) => Losses.Of(_objectives, member.Values!.Of);
}
