namespace Distributed.Sweeps;

/// <summary>When a trial did what, as the log tells it: also of attempts that run, and of those that died without a word.</summary>
/// <param name="Suggested">When it was suggested; null where its part of the log begins later.</param>
/// <param name="Attempts">By epoch.</param>
/// <param name="Closed">When it was closed; null while it is open.</param>
public sealed record TrialTimeline(DateTimeOffset? Suggested, IReadOnlyList<AttemptSpan> Attempts, DateTimeOffset? Closed)
{
    /// <summary>Folds one trial's part of a log, in order. Records of other trials and of the sweep are passed over.</summary>
    /// <param name="trial">Which trial.</param>
    /// <param name="history">Its entries, or the whole log.</param>
    public static TrialTimeline Of(TrialId trial, IEnumerable<LogEntry> history)
    {
        DateTimeOffset? suggested = null, closed = null;
        SortedDictionary<int, AttemptSpan> attempts = [];
        foreach (var entry in history)
        {
            switch (entry.Record)
            {
                case SweepRecord.Suggested record when record.Trial == trial:
                    suggested = entry.Time;
                    break;
                case SweepRecord.Leased record when record.Trial == trial:
                    attempts[record.Epoch] = new(record.Epoch, record.Slot, entry.Time);
                    break;
                case SweepRecord.PhaseStarted record when record.Trial == trial:
                    Update(record.Epoch, attempt => attempt.Enter(record.Phase, record.At(entry.Time)));
                    break;
                case SweepRecord.Checkpointed record when record.Trial == trial:
                    Update(record.Epoch, attempt => attempt.Mark(new(entry.Time, record.Checkpoint, null)));
                    break;
                case SweepRecord.RungReached record when record.Trial == trial:
                    Update(record.Epoch, attempt => attempt.Mark(new(entry.Time, null, record.Report)));
                    break;
                case SweepRecord.AttemptEnded record when record.Trial == trial:
                    Update(record.Epoch, attempt => attempt.End(entry.Time, record.Reason, record.Failure));
                    break;
                case SweepRecord.TrialClosed record when record.Trial == trial:
                    closed = entry.Time;
                    Update(record.Epoch, attempt => Close(attempt, entry.Time, record.Outcome));
                    break;
            }
        }

        return new(suggested, [.. attempts.Values], closed);

        void Update(int epoch, Func<AttemptSpan, AttemptSpan> change)
        {
            if (attempts.TryGetValue(epoch, out var attempt)) attempts[epoch] = change(attempt);
        }
    }

    private static AttemptSpan Close(AttemptSpan attempt, DateTimeOffset time, TrialOutcome outcome) => outcome switch
    {
        TrialOutcome.Failed failed => attempt.End(time, failed.Reason, failed.Kind),
        TrialOutcome.Stopped => attempt.End(time, "stopped", null),
        _ => attempt.End(time, "completed", null),
    };
}
