namespace Distributed.Grains;

/// <summary>What a webhook is to be told, derived from the log alone, so that whoever takes a sweep over sends what is still due. Pure.</summary>
/// <param name="sweep">The sweep.</param>
internal sealed class NoticePlan(SweepId sweep)
{
    /// <summary>Below this a front has no knee worth a word.</summary>
    private const int LeastFront = 3;

    private readonly SortedDictionary<(long Position, NotifyEvent Event), Notification> _due = [];
    private readonly Dictionary<TrialId, Measurement> _measured = [];
    private SweepSpec? _spec;
    private DateTimeOffset _launched;
    private NotifiedTrials _trials = new(0, 0, 0);
    private IReadOnlyList<TrialId> _front = [];
    private double _hypervolume;
    private TrialId? _knee;

    /// <summary>Whether this sweep tells nobody, ever.</summary>
    public bool IsSilent => _spec is { Notify: null };

    /// <summary>To whom; null before the launch, or for nobody.</summary>
    public NotifySpec? To => _spec?.Notify;

    /// <summary>What was not told yet, by the position of the record that it tells of.</summary>
    public IReadOnlyCollection<KeyValuePair<(long Position, NotifyEvent Event), Notification>> Due => _due;

    /// <summary>Takes one entry in.</summary>
    public void Apply(LogEntry entry)
    {
        switch (entry.Record)
        {
            case SweepRecord.Launched launched:
                (_spec, _launched) = (launched.Spec, entry.Time);
                break;
            case SweepRecord.TrialClosed closed when !IsSilent:
                Close(closed);
                break;
            case SweepRecord.FrontChanged front when !IsSilent:
                Move(entry, front.Trials, front.Hypervolume);
                break;
            case SweepRecord.FrontMoved moved when !IsSilent:
                Move(entry, moved.After(_front), moved.Hypervolume);
                break;
            case SweepRecord.StatusChanged { Status: SweepStatus.Finished or SweepStatus.Failed } status:
                Add(status.Status == SweepStatus.Finished ? NotifyEvent.Finished : NotifyEvent.Failed, entry, status.Reason);
                break;
            case SweepRecord.Notified told:
                _due.Remove((told.Of, told.Event));
                break;
        }
    }

    private void Move(LogEntry entry, IReadOnlyList<TrialId> front, double hypervolume)
    {
        (_front, _hypervolume) = (front, hypervolume);
        if (Knee() is not { } knee || knee == _knee) return;
        _knee = knee;
        Add(NotifyEvent.Knee, entry, null);
    }

    private void Close(SweepRecord.TrialClosed closed)
    {
        switch (closed.Outcome)
        {
            case TrialOutcome.Prepared prepared:
                _measured[closed.Trial] = prepared.Measurement;
                break;
            case TrialOutcome.Completed completed:
                _measured[closed.Trial] = completed.Measurement;
                _trials = _trials with { Completed = _trials.Completed + 1 };
                break;
            case TrialOutcome.Stopped:
                _trials = _trials with { Stopped = _trials.Stopped + 1 };
                break;
            case TrialOutcome.Failed when !closed.Trial.IsDense:
                _trials = _trials with { Failed = _trials.Failed + 1 };
                break;
        }
    }

    private TrialId? Knee()
    {
        List<Member> members = [.. _front.Where(_measured.ContainsKey).Select(trial => new Member(trial, _measured[trial]))];
        return members.Count < LeastFront ? null : Sweeps.Knee.Of(members, _spec!.Objectives, (member, metric) => member.Values.Of(metric))?.Trial;
    }

    private void Add(NotifyEvent what, LogEntry entry, string? reason)
    {
        if (_spec?.Notify is not { } notify || !notify.Events.Contains(what)) return;
        string id = Invariant($"{sweep}.{_launched.ToUnixTimeMilliseconds()}.{entry.Position}");
        _due[(entry.Position, what)] = new(id, what, sweep, entry.Time, reason, _front.Count, _hypervolume, Model(), _trials);
    }

    private NotifiedModel? Model() => _knee is { } knee && _measured.TryGetValue(knee, out var values)
        ? new(knee.Number, values.Accuracy, values.Latency.Ratio, values.Latency.MedianMs, values.Bytes)
        : null;

    private sealed record Member(TrialId Trial, Measurement Values);
}
