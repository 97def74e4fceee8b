namespace Distributed.Search;

/// <summary>Decides at a rung whether a trial goes on.</summary>
/// <remarks>
/// A trial always goes on while fewer than "grace" peers have reached the rung, while no peer dominates it there (in accuracy and in the
/// costs that are known), and while it may still reach the front (<see cref="Prospects"/>). Otherwise the sweep's rule decides
/// (<see cref="StoppingRules"/>). Where the size after compression is an objective, all go on: only the finished file tells it, so that any trial
/// may be the best in it.
/// </remarks>
public static class EarlyStopping
{
    /// <summary>Null to go on, or why the trial is given up, in one sentence.</summary>
    /// <param name="spec">The sweep's settings.</param>
    /// <param name="objectives">The sweep's objectives.</param>
    /// <param name="trial">The trial at its rung.</param>
    /// <param name="peers">Other trials at the same rung; the trial itself and other rungs are passed over.</param>
    /// <exception cref="InvalidInputException">There is no such rule.</exception>
    public static string? Decide(EarlyStoppingSpec spec, IReadOnlyList<Objective> objectives, RungStanding trial, IReadOnlyList<RungStanding> peers)
    {
        if (objectives.Any(objective => objective.Metric == Metric.CompressedBytes)) return null;
        var others = peers.Where(peer => peer.Trial != trial.Trial && peer.Report.Rung == trial.Report.Rung && double.IsFinite(peer.Report.Accuracy)).ToList();
        if (!spec.Enabled || others.Count < spec.Grace) return null;
        if (!double.IsFinite(trial.Report.Accuracy)) return Invariant($"Rung {trial.Report.Rung}: the accuracy is not a finite number.");
        var field = new RungField(objectives, trial, others);
        int better = Enumerable.Range(1, others.Count).FirstOrDefault(i => Losses.Dominates(field.Losses[i], field.Losses[0]));
        if (better == 0 || (spec.Protection > 0 && Prospects.MayReachFront(spec.Protection, field) == true)) return null;
        return StoppingRules.Find(spec.Rule).Verdict(spec, field) is { } verdict
            ? Invariant($"Rung {trial.Report.Rung}: accuracy {trial.Describe()} {verdict}; trial {field.Standings[better].Trial} had {field.Standings[better].Describe()}.")
            : null;
    }
}
