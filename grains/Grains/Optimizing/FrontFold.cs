namespace Distributed.Grains;

/// <summary>Which trials may stand on the front, and the front that follows.</summary>
internal static class FrontFold
{
    /// <summary>The front after a record that is about to be appended.</summary>
    public static SweepRecord.FrontChanged After(ISweepSearch search, SweepState state, SweepRecord.TrialClosed closed)
    {
        var measurement = closed.Outcome switch
        {
            TrialOutcome.Prepared prepared => prepared.Measurement,
            TrialOutcome.Completed completed => completed.Measurement,
            _ => null,
        };
        if (measurement is null) return new(state.Front, state.Hypervolume);
        return Of(search, state.Spec!, state.Trials.Select(trial => trial.Id == closed.Trial
            ? trial with { Status = TrialStatus.Completed, Measurement = measurement }
            : trial));
    }

    /// <summary>
    /// The front of the completed trials. The dense model is a point of it like any other; a model that was measured slower than the
    /// dense one never is, whatever else it is good at.
    /// </summary>
    public static SweepRecord.FrontChanged Of(ISweepSearch search, SweepSpec spec, IEnumerable<TrialState> trials)
    {
        var measured = trials.Where(trial => trial is { Status: TrialStatus.Completed, Measurement: not null }).ToList();
        return measured.FirstOrDefault() is { Id.IsDense: true } dense
            ? search.Front(spec, dense, [.. measured.Skip(1).Where(trial => trial.Measurement!.Latency.Ratio <= 1)])
            : new([], 0);
    }
}
