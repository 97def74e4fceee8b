namespace Distributed.Search;

/// <summary>The trial that is decided about and its peers at the same rung, as points of losses.</summary>
internal sealed class RungField
{
    /// <param name="objectives">The sweep's objectives.</param>
    /// <param name="trial">The trial at its rung.</param>
    /// <param name="peers">The others at that rung, finite.</param>
    public RungField(IReadOnlyList<Objective> objectives, RungStanding trial, IEnumerable<RungStanding> peers)
    {
        Standings = [trial, .. peers.OrderBy(peer => peer.Trial)];
        var costs = objectives.Where(objective => objective.Metric is not (Metric.Accuracy or Metric.CorruptedAccuracy)).ToList();
        Costs = [.. Standings.Select(standing => CostsOf(costs, standing))];
        Losses = [.. Standings.Select((standing, i) => (double[])[-standing.Report.Accuracy, .. Costs[i]])];
    }

    /// <summary>The trial, then its peers by number.</summary>
    public IReadOnlyList<RungStanding> Standings { get; }

    /// <summary>For each standing the losses of the costs that are known; a cost that is not known counts the same for all.</summary>
    public IReadOnlyList<double[]> Costs { get; }

    /// <summary>For each standing the accuracy's loss, then <see cref="Costs"/>.</summary>
    public IReadOnlyList<double[]> Losses { get; }

    /// <summary>The trial itself.</summary>
    public RungStanding Trial => Standings[0];

    /// <summary>Whether a standing is known to cost no more than the trial in any objective.</summary>
    public bool CostsNoMore(int standing) => Costs[standing].Zip(Costs[0], (other, own) => other <= own).All(holds => holds);

    private static double[] CostsOf(List<Objective> objectives, RungStanding standing) =>
        [.. objectives.Select(objective => standing.Costs?.Of(objective.Metric) is { } cost ? Search.Losses.Of(objective, cost) : 0)];
}
