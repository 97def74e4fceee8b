using System.Diagnostics;

namespace Distributed.Grains;

/// <summary>Counts how attempts ended, from the records that tell it.</summary>
internal static class AttemptCounts
{
    /// <summary>Counts what was just recorded.</summary>
    public static void Count(IReadOnlyList<SweepRecord> records)
    {
        foreach (var record in records)
        {
            if (record is SweepRecord.AttemptEnded ended) Count(ended.Failure is null ? Reason(ended.Reason) : "failed", ended.Failure);
            else if (record is SweepRecord.TrialClosed closed) Count(Outcome(closed.Outcome), (closed.Outcome as TrialOutcome.Failed)?.Kind);
        }
    }

    private static void Count(string ending, FailureKind? failure)
    {
        TagList labels = new() { { "ending", ending } };
        if (failure is { } kind) labels.Add("failure", kind.ToString());
        SweepTelemetry.Attempts.Add(1, labels);
    }

    /// <summary>Few words, whatever reasons there may be.</summary>
    private static string Reason(string reason) => reason switch
    {
        "released" => reason,
        "lease expired" => "expired",
        _ => "lost",
    };

    private static string Outcome(TrialOutcome outcome) => outcome switch
    {
        TrialOutcome.Failed => "failed",
        TrialOutcome.Stopped => "stopped",
        _ => "completed",
    };
}
