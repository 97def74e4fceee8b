namespace Distributed.Search;

/// <summary>The median rule: a trial goes on unless its accuracy is below the median of its peers at the rung.</summary>
/// <remarks>
/// Golovin et al. 2017 (Vizier), section 3.2.2, with accuracy conditional on the known costs: where costs are known, the peers are the half of
/// them, at least "grace", that lie nearest in cost (each loss scaled to [0, 1] over the rung, Euclidean; ties to the lower number).
/// </remarks>
internal sealed class MedianRule : IStoppingRule
{
    public string? Verdict(EarlyStoppingSpec spec, RungField field)
    {
        var costs = Scaling.ToUnit(field.Costs);
        int peers = field.Standings.Count - 1;
        bool known = field.Costs[0].Length > 0 && field.Standings.All(standing => standing.Costs is not null);
        int asked = known ? Math.Min(peers, Math.Max(spec.Grace, (peers + 1) / 2)) : peers;
        double[] accuracies = [.. Enumerable.Range(1, peers)
            .OrderBy(i => costs[i].Zip(costs[0], (a, b) => (a - b) * (a - b)).Sum())
            .Take(asked)
            .Select(i => field.Standings[i].Report.Accuracy)
            .Order()];
        double median = (accuracies[(asked - 1) / 2] + accuracies[asked / 2]) / 2;
        return field.Trial.Report.Accuracy >= median
            ? null
            : Invariant($"is below {median:0.####}, the median of {(known ? Invariant($"the {asked} nearest in cost") : Invariant($"all {peers} others"))}");
    }
}
