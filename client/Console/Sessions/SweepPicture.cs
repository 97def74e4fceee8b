using Distributed.Contracts;

namespace Distributed.Client.Sessions;

/// <summary>A sweep as it is shown: its log folded, and what running trials last reported.</summary>
/// <remarks>Not thread safe.</remarks>
internal sealed class SweepPicture
{
    private const int RecentKept = 12;
    private readonly Dictionary<TrialId, RunningTrial> _running = [];
    private readonly Queue<LogEntry> _recent = new();
    private readonly SweepId? _sweep;
    private SweepRecord? _last;

    /// <summary>A picture of whatever sweep its log launches.</summary>
    public SweepPicture()
    {
    }

    /// <param name="sweep">The sweep, for a picture that has seen nothing yet.</param>
    public SweepPicture(SweepId sweep) => _sweep = sweep;

    /// <summary>The sweep's name.</summary>
    public SweepId Sweep => _sweep ?? State.Spec!.Name;

    /// <summary>The last records that are worth a line, oldest first.</summary>
    public IEnumerable<LogEntry> Recent => _recent;

    /// <summary>Since when the silo does not answer; null while it does.</summary>
    public DateTimeOffset? LostSince { get; set; }

    /// <summary>The log, folded.</summary>
    public SweepState State { get; } = new();

    /// <summary>Running trials with their last report, by number.</summary>
    public IReadOnlyList<RunningTrial> Running =>
        [.. State.Trials.Where(trial => trial.Status == TrialStatus.Running).Select(trial => _running.GetValueOrDefault(trial.Id) ?? new(trial.Id, "", null))];

    /// <summary>Whether the sweep's own input was found unusable: the model, the dataset or the spec.</summary>
    public bool BadInput { get; private set; }

    /// <summary>Whether it was paused because an attempt could not write to the store.</summary>
    public bool StoreFailed { get; private set; }

    /// <summary>Whether the sweep will not change any more.</summary>
    public bool HasEnded => State.Status is SweepStatus.Finished or SweepStatus.Cancelled or SweepStatus.Failed;

    /// <summary>Whether it is paused and every trial has let go.</summary>
    public bool IsDrained => State.Status == SweepStatus.Paused && State.Trials.All(trial => trial.Status != TrialStatus.Running);

    /// <summary>Time spent running, up to a moment.</summary>
    public TimeSpan ElapsedAt(DateTimeOffset now) =>
        State.Elapsed + (State.RunningSince is { } since && now > since ? now - since : TimeSpan.Zero);

    /// <summary>Candidates (the dense baseline not counted) in a status.</summary>
    public int Count(TrialStatus status) => State.Trials.Count(trial => !trial.Id.IsDense && trial.Status == status);

    /// <summary>Takes an event in. Entries seen already are ignored.</summary>
    public void Apply(SweepEvent happened)
    {
        if (happened is SweepEvent.Logged logged) Apply(logged.Entry);
        else if (happened is SweepEvent.Progressed report) _running[report.Trial] = new(report.Trial, report.Slot, report.Progress);
    }

    /// <summary>Takes a record in, unless it was seen already.</summary>
    public void Apply(LogEntry entry)
    {
        if (entry.Position < State.Next) return;
        State.Apply(entry);
        Remember(entry);
        switch (entry.Record)
        {
            case SweepRecord.Leased leased:
                _running[leased.Trial] = new(leased.Trial, leased.Slot, null);
                break;
            case SweepRecord.PhaseStarted phase when _running.TryGetValue(phase.Trial, out var running):
                _running[phase.Trial] = running with { Progress = new() { Phase = phase.Phase } };
                break;
            case SweepRecord.StatusChanged changed:
                // An attempt that could not write pauses its sweep in one breath, or not at all where other silos can.
                StoreFailed = changed.Status == SweepStatus.Paused && _last is SweepRecord.AttemptEnded { Failure: FailureKind.Storage };
                break;
            case SweepRecord.TrialClosed { Outcome: TrialOutcome.Failed failed } closed:
                BadInput |= closed.Trial.IsDense && failed.Kind == FailureKind.InvalidInput;
                break;
        }

        _last = entry.Record;
    }

    private void Remember(LogEntry entry)
    {
        if (entry.Record is SweepRecord.Suggested or SweepRecord.Leased or SweepRecord.PhaseStarted or SweepRecord.Checkpointed or SweepRecord.RungReached) return;
        _recent.Enqueue(entry);
        if (_recent.Count > RecentKept) _recent.Dequeue();
    }
}

/// <summary>A trial that runs now.</summary>
/// <param name="Trial">Which.</param>
/// <param name="Slot">Where; empty when unknown.</param>
/// <param name="Progress">Its last report, or null.</param>
internal sealed record RunningTrial(TrialId Trial, string Slot, TrialProgress? Progress);
