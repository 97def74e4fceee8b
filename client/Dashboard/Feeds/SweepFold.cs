namespace Distributed.Dashboard;

/// <summary>Folds a sweep's events and gives out pictures of them. One writer.</summary>
internal sealed class SweepFold(SweepId name)
{
    private readonly SweepState _state = new();
    private readonly GrowingList<PhaseMark> _phases = new();
    private readonly GrowingList<ClosedTrial> _closed = new();
    private readonly Dictionary<TrialId, ReportHistory> _reports = [];
    private readonly List<IReadOnlyList<LogEntry>> _histories = [];
    private readonly RecentCurves _curves = new();
    private long _version;

    /// <summary>From where to watch on.</summary>
    public long Next => _state.Next;

    /// <summary>Whether anything was read.</summary>
    public bool IsKnown => _state.Spec is not null;

    /// <summary>Whether the sweep will not change any more.</summary>
    public bool HasEnded => _state.Status is SweepStatus.Finished or SweepStatus.Cancelled or SweepStatus.Failed;

    /// <summary>Takes an event in; entries seen already are ignored.</summary>
    /// <returns>Whether there is anything new to show.</returns>
    public bool Apply(SweepEvent happened, DateTimeOffset now)
    {
        switch (happened)
        {
            case SweepEvent.Logged { Entry: var entry } when entry.Position >= _state.Next:
                Apply(entry);
                return true;
            case SweepEvent.Progressed report when report.Trial.Number < _state.Trials.Count && !_state.Trials[report.Trial.Number].IsClosed:
                History(report.Trial).Add(report.Slot, new(now, report.Progress));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The sweep as it is known now.</summary>
    public SweepView View(FeedConnection connection, string trouble) => new()
    {
        Name = name,
        Connection = connection,
        Trouble = trouble,
        Version = ++_version,
        Next = _state.Next,
        Spec = _state.Spec,
        Status = _state.Status,
        StatusReason = _state.StatusReason,
        Weight = _state.Weight,
        Priority = _state.Priority,
        Trials = [.. _state.Trials],
        Profile = _state.Profile,
        WarmStart = _state.WarmStart,
        Front = _state.Front,
        Hypervolume = _state.Hypervolume,
        HypervolumeHistory = [.. _state.HypervolumeHistory],
        Phases = _phases.Snapshot(),
        Closed = _closed.Snapshot(),
        Histories = [.. _histories],
        Curves = _curves.Snapshot(),
        Running = _reports.Where(pair => pair.Value.Any).ToDictionary(pair => pair.Key, pair => pair.Value.Report()),
        Launched = _state.Launched,
        Elapsed = _state.Elapsed,
        RunningSince = _state.RunningSince,
        LastChange = _state.LastChange,
    };

    private void Apply(LogEntry entry)
    {
        _state.Apply(entry);
        Remember(entry);
        switch (entry.Record)
        {
            case SweepRecord.PhaseStarted phase:
                _phases.Add(new(phase.Trial, phase.Epoch, phase.Phase, phase.At(entry.Time)));
                break;
            case SweepRecord.AttemptEnded ended:
                Retire(ended.Trial);
                break;
            case SweepRecord.TrialClosed closed:
                Retire(closed.Trial);
                _closed.Add(new(closed.Trial, entry.Time, _state.Hypervolume));
                break;
        }
    }

    /// <summary>A trial's list is written anew with every entry: pictures taken before keep theirs.</summary>
    private void Remember(LogEntry entry)
    {
        if (entry.Record is SweepRecord.Suggested) _histories.Add([entry]);
        else if (entry.Record.OfTrial() is { } trial) _histories[trial.Number] = [.. _histories[trial.Number], entry];
    }

    private void Retire(TrialId trial)
    {
        if (_reports.Remove(trial, out var history) && history.Any) _curves.Add(trial, history.Report().History);
    }

    private ReportHistory History(TrialId trial) => _reports.TryGetValue(trial, out var known) ? known : _reports[trial] = new();
}
