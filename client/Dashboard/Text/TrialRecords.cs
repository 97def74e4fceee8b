namespace Distributed.Dashboard;

/// <summary>Records of one trial, for people.</summary>
public static class TrialRecords
{
    /// <summary>The kind of a record: "rung-reached".</summary>
    public static string Kind(SweepRecord record) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(record.GetType().Name);

    /// <summary>What a record says, in a few words. Plain text: whoever shows it escapes it.</summary>
    public static string Text(SweepRecord record) => record switch
    {
        SweepRecord.Suggested { Candidate: null } suggested => suggested.Reason,
        SweepRecord.Suggested suggested => $"{suggested.Reason}: {suggested.Candidate}",
        SweepRecord.Leased leased => Invariant($"attempt {leased.Epoch} to {leased.Slot}"),
        SweepRecord.PhaseStarted phase => $"{PageNames.Of(phase.Phase)} began",
        SweepRecord.Checkpointed { Checkpoint: var checkpoint } => Invariant($"step {checkpoint.Step}, {checkpoint.Epochs:0.##} epochs, {Quantity.Size(checkpoint.Artifact.Bytes)}"),
        SweepRecord.RungReached { Report: var report } rung => Invariant($"rung {report.Rung} after {report.Epochs:0.##} epochs: {Quantity.Percent(report.Accuracy)}, {(rung.Stop is { } stop ? $"given up: {stop}" : "goes on")}"),
        SweepRecord.AttemptEnded ended => ended.Failure is { } failure ? $"{ended.Reason} ({PageNames.Of(failure)})" : ended.Reason,
        SweepRecord.TrialClosed closed => Outcome(closed.Outcome),
        _ => "",
    };

    private static string Outcome(TrialOutcome outcome) => outcome switch
    {
        TrialOutcome.Prepared prepared => $"completed: {Values(prepared.Measurement)}",
        TrialOutcome.Completed completed => $"completed: {Values(completed.Measurement)}",
        TrialOutcome.Stopped stopped => $"stopped: {stopped.Reason}",
        TrialOutcome.Failed failed => $"failed ({PageNames.Of(failed.Kind)}): {failed.Reason}",
        _ => "",
    };

    private static string Values(Measurement measured) => $"{Quantity.Percent(measured.Accuracy)}, {Quantity.Ratio(measured.Latency.Ratio)} of the dense latency";
}
