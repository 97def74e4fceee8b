namespace Distributed.Search;

/// <summary>Decides at a rung whether a trial goes on: successive halving over accuracy and the costs that are known.</summary>
/// <remarks>
/// The trial and its peers at the same rung are N points: loss of accuracy and known losses of the other objectives. They are sorted into
/// non-dominated fronts, and inside a front by farthest point: the most accurate first, then always the one farthest from those already
/// placed, each loss scaled to [0, 1] over the rung (Schmucker et al. 2021 use this order; their code ranks by it wrongly and is not
/// followed). The trial goes on iff its position, from 0, is below ⌈N/η⌉. So cheap trials compete on accuracy with cheap ones. A trial on the
/// first front always goes on, and so does everyone while fewer than "grace" peers have reached the rung.
/// </remarks>
public static class EarlyStopping
{
    /// <summary>Null to go on, or why the trial is given up, in one sentence.</summary>
    /// <param name="spec">The sweep's settings.</param>
    /// <param name="objectives">The sweep's objectives.</param>
    /// <param name="trial">The trial at its rung.</param>
    /// <param name="peers">Other trials at the same rung; the trial itself and other rungs are passed over.</param>
    public static string? Decide(EarlyStoppingSpec spec, IReadOnlyList<Objective> objectives, RungStanding trial, IReadOnlyList<RungStanding> peers)
    {
        var others = peers.Where(peer => peer.Trial != trial.Trial && peer.Report.Rung == trial.Report.Rung && double.IsFinite(peer.Report.Accuracy)).ToList();
        if (!spec.Enabled || others.Count < spec.Grace) return null;
        if (!double.IsFinite(trial.Report.Accuracy)) return Invariant($"Rung {trial.Report.Rung}: the accuracy is not a finite number.");
        List<RungStanding> all = [trial, .. others.OrderBy(peer => peer.Trial)];
        var losses = all.ConvertAll(standing => LossesOf(objectives, standing));
        int better = losses.FindIndex(other => Losses.Dominates(other, losses[0]));
        if (better < 0) return null;
        int position = FrontOrder.Of(losses).IndexOf(0);
        int kept = (int)Math.Ceiling(all.Count / spec.Reduction);
        return position < kept ? null : Explain(trial, all[better], position, kept, all.Count);
    }

    /// <summary>The accuracy's loss, then those of the objectives that are known; a cost that is not known counts the same for all.</summary>
    private static double[] LossesOf(IReadOnlyList<Objective> objectives, RungStanding standing) =>
    [
        -standing.Report.Accuracy,
        .. objectives
            .Where(objective => objective.Metric is not (Metric.Accuracy or Metric.CorruptedAccuracy))
            .Select(objective => standing.Costs?.Of(objective.Metric) is { } cost ? Losses.Of(objective, cost) : 0),
    ];

    private static string Explain(RungStanding trial, RungStanding better, int position, int kept, int count)
    {
        string Reached(RungStanding standing) => standing.Costs is { } costs
            ? Invariant($"{standing.Report.Accuracy:0.####} at latency ratio {costs.LatencyRatio:0.###}")
            : Invariant($"{standing.Report.Accuracy:0.####}");
        return Invariant($"Rung {trial.Report.Rung}: accuracy {Reached(trial)} is place {position + 1} of {count} and {kept} go on; ")
            + Invariant($"trial {better.Trial} had {Reached(better)}.");
    }
}
