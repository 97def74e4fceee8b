namespace Distributed.Sweeps;

/// <summary>A sweep as its log tells it: state = fold(records). The grain, the console without a cluster and every test fold the same way.</summary>
/// <remarks>Not thread safe. Applying never fails on a log that a sweep wrote; it is the writer's duty to append only what is allowed.</remarks>
public sealed class SweepState
{
    private readonly List<TrialState> _trials = [];
    private readonly List<(DateTimeOffset Time, double Hypervolume)> _hypervolumes = [];
    private DateTimeOffset? _runningSince;

    /// <summary>What is asked; null before the first record.</summary>
    public SweepSpec? Spec { get; private set; }

    /// <summary>The traceparent of its launch; null where nobody traced it.</summary>
    public string? LaunchTrace { get; private set; }

    /// <summary>What it took from an earlier sweep; null for nothing.</summary>
    public SweepRecord.WarmStarted? WarmStart { get; private set; }

    /// <summary>Its weight beside other sweeps; see <see cref="SweepSpec.Weight"/>.</summary>
    public double Weight { get; private set; } = 1;

    /// <summary>Its priority before other sweeps; see <see cref="SweepSpec.Priority"/>.</summary>
    public int Priority { get; private set; }

    /// <summary>Where it stands.</summary>
    public SweepStatus Status { get; private set; } = SweepStatus.Running;

    /// <summary>Why it stands there.</summary>
    public string StatusReason { get; private set; } = "";

    /// <summary>All trials by number; number 0 is the dense baseline.</summary>
    public IReadOnlyList<TrialState> Trials => _trials;

    /// <summary>The dense model's profile once the baseline is closed.</summary>
    public ModelProfile? Profile { get; private set; }

    /// <summary>The front, as last recorded.</summary>
    public IReadOnlyList<TrialId> Front { get; private set; } = [];

    /// <summary>Its hypervolume.</summary>
    public double Hypervolume { get; private set; }

    /// <summary>The position after the last applied record.</summary>
    public long Next { get; private set; }

    /// <summary>When the sweep was launched.</summary>
    public DateTimeOffset Launched { get; private set; }

    /// <summary>Time spent running up to the last status change; while running, add the time since <see cref="RunningSince"/>.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Since when it runs; null while it does not.</summary>
    public DateTimeOffset? RunningSince => _runningSince;

    /// <summary>When the last record was appended.</summary>
    public DateTimeOffset LastChange { get; private set; }

    /// <summary>The dense baseline's trial, or null before it exists.</summary>
    public TrialState? Dense => _trials.Count > 0 ? _trials[0] : null;

    /// <summary>The hypervolume each time the front changed.</summary>
    public IReadOnlyList<(DateTimeOffset Time, double Hypervolume)> HypervolumeHistory => _hypervolumes;

    /// <summary>Takes one record in.</summary>
    public void Apply(LogEntry entry)
    {
        switch (entry.Record)
        {
            case SweepRecord.Launched launched:
                (Spec, LaunchTrace) = (launched.Spec, launched.Trace);
                (Weight, Priority) = (launched.Spec.Weight ?? 1, launched.Spec.Priority ?? 0);
                Launched = entry.Time;
                _runningSince = entry.Time;
                break;
            case SweepRecord.WarmStarted warm:
                WarmStart = warm;
                break;
            case SweepRecord.Suggested suggested:
                _trials.Add(new() { Id = suggested.Trial, Candidate = suggested.Candidate, Reason = suggested.Reason, Suggested = entry.Time });
                break;
            case SweepRecord.FrontChanged front:
                (Front, Hypervolume) = (front.Trials, front.Hypervolume);
                _hypervolumes.Add((entry.Time, front.Hypervolume));
                break;
            case SweepRecord.FrontMoved moved:
                (Front, Hypervolume) = (moved.After(Front), moved.Hypervolume);
                _hypervolumes.Add((entry.Time, moved.Hypervolume));
                break;
            case SweepRecord.ShareChanged share:
                (Weight, Priority) = (share.Weight ?? Weight, share.Priority ?? Priority);
                break;
            case SweepRecord.StatusChanged status:
                Change(status, status.Since ?? entry.Time);
                break;
            default:
                ApplyToTrial(entry);
                break;
        }

        Next = entry.Position + 1;
        LastChange = entry.Time;
    }

    private void ApplyToTrial(LogEntry entry)
    {
        switch (entry.Record)
        {
            case SweepRecord.Leased leased:
                Update(leased.Trial, trial => trial with
                {
                    Status = TrialStatus.Running,
                    Trace = leased.Trace ?? trial.Trace,
                    Attempts = [.. trial.Attempts, new(leased.Epoch, leased.Slot, entry.Time)],
                });
                break;
            case SweepRecord.Checkpointed checkpointed:
                Update(checkpointed.Trial, trial => trial with { Checkpoint = checkpointed.Checkpoint });
                break;
            case SweepRecord.RungReached rung:
                Update(rung.Trial, trial => trial with { Rungs = [.. trial.Rungs.Where(old => old.Rung != rung.Report.Rung), rung.Report] });
                break;
            case SweepRecord.AttemptEnded ended:
                Update(ended.Trial, trial => End(trial, entry.Time, ended.Reason) with { Status = TrialStatus.Waiting });
                break;
            case SweepRecord.TrialClosed closed:
                Update(closed.Trial, trial => Close(trial, closed.Outcome, entry.Time));
                if (closed.Outcome is TrialOutcome.Prepared prepared) Profile = prepared.Profile;
                break;
        }
    }

    private void Update(TrialId id, Func<TrialState, TrialState> change) => _trials[id.Number] = change(_trials[id.Number]);

    private void Change(SweepRecord.StatusChanged change, DateTimeOffset time)
    {
        if (_runningSince is { } since) Elapsed += time - since;
        _runningSince = change.Status == SweepStatus.Running ? time : null;
        (Status, StatusReason) = (change.Status, change.Reason);
    }

    private static TrialState End(TrialState trial, DateTimeOffset time, string ending) => trial.Attempts.Count == 0 || trial.Attempts[^1].Ended is not null
        ? trial
        : trial with { Attempts = [.. trial.Attempts.SkipLast(1), trial.Attempts[^1] with { Ended = time, Ending = ending }] };

    private static TrialState Close(TrialState trial, TrialOutcome outcome, DateTimeOffset time) => outcome switch
    {
        TrialOutcome.Prepared prepared => End(trial, time, "completed") with
        {
            Status = TrialStatus.Completed,
            Measurement = prepared.Measurement,
            Artifacts = prepared.Artifacts,
            Imported = prepared.Imported,
            StillFalling = prepared.StillFalling,
        },
        TrialOutcome.Completed completed => End(trial, time, "completed") with
        {
            Status = TrialStatus.Completed,
            Measurement = completed.Measurement,
            Artifacts = completed.Artifacts,
            Epochs = completed.Epochs,
        },
        TrialOutcome.Stopped stopped => End(trial, time, "stopped") with
        {
            Status = TrialStatus.Stopped,
            Ending = stopped.Reason,
            Epochs = stopped.At.Epochs,
        },
        TrialOutcome.Failed failed => End(trial, time, failed.Reason) with { Status = TrialStatus.Failed, Ending = failed.Reason },
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not an outcome."),
    };
}
