using Distributed.Client.SweepFiles;

namespace Distributed.Client.Rendering;

/// <summary>What was recorded, in a few words.</summary>
internal static class EventText
{
    /// <summary>"trial 5 completed: 95.10 % at 0.482".</summary>
    public static string Of(SweepRecord record) => record switch
    {
        SweepRecord.Launched => "launched",
        SweepRecord.WarmStarted warm => $"began with {warm.Trials.Count} trials of '{warm.From}'",
        SweepRecord.TrialClosed closed => $"{Name(closed.Trial)} {Outcome(closed.Outcome)}",
        SweepRecord.AttemptEnded ended => Invariant($"{Name(ended.Trial)}, attempt {ended.Epoch}: {ended.Reason}"),
        SweepRecord.FrontChanged front => Invariant($"front of {front.Trials.Count}, hypervolume {front.Hypervolume:0.####}"),
        SweepRecord.FrontMoved moved => Invariant($"{Name(moved.Joined)} joins the front{(moved.Left.Count > 0 ? $" for {string.Join(", ", moved.Left.Select(Name))}" : "")}, hypervolume {moved.Hypervolume:0.####}"),
        SweepRecord.ShareChanged share => string.Join(", ", new[] { share.Weight is { } weight ? Invariant($"weight {weight}") : null, share.Priority is { } priority ? Invariant($"priority {priority}") : null }.OfType<string>()),
        SweepRecord.StatusChanged status => status.Reason.Length > 0 ? $"{Vocabulary.NameOf(status.Status)}: {status.Reason}" : Vocabulary.NameOf(status.Status),
        SweepRecord.Notified notified => $"told the webhook: {Vocabulary.NameOf(notified.Event)}",
        _ => record.GetType().Name,
    };

    /// <summary>"trial 5", "dense".</summary>
    public static string Name(TrialId trial) => trial.IsDense ? "dense" : $"trial {trial}";

    private static string Outcome(TrialOutcome outcome) => outcome switch
    {
        TrialOutcome.Prepared prepared => $"completed: {Quantity.Percent(prepared.Measurement.Accuracy)} in {Quantity.Milliseconds(prepared.Measurement.Latency.MedianMs)}",
        TrialOutcome.Completed completed => $"completed: {Quantity.Percent(completed.Measurement.Accuracy)} at {Quantity.Ratio(completed.Measurement.Latency.Ratio)}",
        TrialOutcome.Stopped stopped => $"stopped: {stopped.Reason}",
        TrialOutcome.Failed failed => $"failed: {failed.Reason}",
        _ => "closed",
    };
}
