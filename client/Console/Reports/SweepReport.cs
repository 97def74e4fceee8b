using Distributed.Client.Sessions;

namespace Distributed.Client.Reports;

/// <summary>One sweep as `sweep show --json` writes it.</summary>
internal sealed record SweepReport(
    string Sweep,
    SweepStatus Status,
    string Reason,
    DateTimeOffset Launched,
    double Seconds,
    TrialCounts Trials,
    IReadOnlyList<int> Running,
    IReadOnlyList<int> Front,
    double Hypervolume,
    double Weight,
    int Priority,
    SweepSpec Spec)
{
    /// <summary>The report of a sweep at a moment.</summary>
    public static SweepReport Of(SweepPicture picture, DateTimeOffset now) => new(
        picture.State.Spec!.Name.Value,
        picture.State.Status,
        picture.State.StatusReason,
        picture.State.Launched,
        Math.Round(picture.ElapsedAt(now).TotalSeconds, 3),
        TrialCounts.Of(picture),
        [.. picture.Running.Select(trial => trial.Trial.Number)],
        [.. picture.State.Front.Select(trial => trial.Number)],
        picture.State.Hypervolume,
        picture.State.Weight,
        picture.State.Priority,
        picture.State.Spec);
}

/// <summary>One sweep as `sweep list --json` writes it.</summary>
internal sealed record SummaryReport(
    string Sweep, SweepStatus Status, int Closed, int? Trials, int Front, double Hypervolume, double Weight, int Priority, DateTimeOffset Launched)
{
    /// <summary>From what the catalogue knows.</summary>
    public static SummaryReport Of(Contracts.SweepSummary summary) => new(
        summary.Name.Value, summary.Status, summary.Closed, summary.Trials, summary.Front, summary.Hypervolume, summary.Weight, summary.Priority, summary.Launched);
}

/// <summary>One event as `sweep watch --json` writes it: something recorded, or a running trial's report.</summary>
internal sealed record EventReport(
    long? Position = null, DateTimeOffset? Time = null, SweepRecord? Record = null, int? Trial = null, string? Slot = null, TrialProgress? Progress = null)
{
    /// <summary>From an event; null for one that tells nothing.</summary>
    public static EventReport? Of(Contracts.SweepEvent happened) => happened switch
    {
        Contracts.SweepEvent.Logged { Entry: var entry } => new(entry.Position, entry.Time, entry.Record),
        Contracts.SweepEvent.Progressed report => new(Trial: report.Trial.Number, Slot: report.Slot, Progress: report.Progress),
        _ => null,
    };
}
