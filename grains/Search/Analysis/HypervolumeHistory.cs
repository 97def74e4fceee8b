namespace Distributed.Search;

/// <summary>The hypervolume after each of some trials.</summary>
/// <remarks>The reference point is that of the end, so that the history never falls. Two objectives take O(log n) a trial.</remarks>
internal static class HypervolumeHistory
{
    /// <summary>One number for each trial; trials that are not feasible or not finite repeat the one before.</summary>
    /// <param name="objectives">One to four.</param>
    /// <param name="constraints">The sweep's constraints.</param>
    /// <param name="trials">Closed trials in the order in which they were closed.</param>
    public static IReadOnlyList<double> Of(IReadOnlyList<Objective> objectives, IReadOnlyList<Constraint> constraints, IReadOnlyList<Observation> trials)
    {
        double[] reference = Losses.Of(objectives, ReferencePoint.Of(objectives, new SearchHistory(trials, [])));
        var bounds = Bounds.Of(objectives, constraints);
        var volume = Growing(reference);
        double last = 0;
        var history = new List<double>();
        foreach (var trial in trials)
        {
            if (trial.Values is { } values && Bounds.Violation(bounds, values.Of) == 0) last = volume(Losses.Of(objectives, values.Of));
            history.Add(last);
        }

        return history;
    }

    private static Func<double[], double> Growing(double[] reference)
    {
        if (reference.Length == 2)
        {
            var staircase = new Staircase(reference[0], reference[1]);
            return losses =>
            {
                staircase.Add(losses[0], losses[1]);
                return staircase.Area;
            };
        }

        var front = new List<double[]>();
        double volume = 0;
        return losses =>
        {
            if (!losses.All(double.IsFinite) || front.Exists(other => Losses.Dominates(other, losses))) return volume;
            front.RemoveAll(other => Losses.Dominates(losses, other));
            front.Add(losses);
            return volume = Hypervolume.Of(front, reference);
        };
    }
}
