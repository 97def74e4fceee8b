namespace Distributed.Grains;

/// <summary>A sweep in numbers, counted from its log. Written by the sweep's activation, read by whoever collects metrics, at any time.</summary>
internal sealed class SweepNumbers
{
    private readonly int[] _counts = new int[Enum.GetValues<TrialStatus>().Length];
    private readonly List<TrialStatus> _trials = [];
    private int _status = (int)SweepStatus.Running;
    private int _frontSize;
    private double _hypervolume;
    private long _frontChanged;

    /// <summary>Where the sweep stands.</summary>
    public SweepStatus Status => (SweepStatus)Volatile.Read(ref _status);

    /// <summary>Models on its front.</summary>
    public int FrontSize => Volatile.Read(ref _frontSize);

    /// <summary>The hypervolume of its front.</summary>
    public double Hypervolume => Volatile.Read(ref _hypervolume);

    /// <summary>When the front changed last, or when the sweep was launched.</summary>
    public DateTimeOffset FrontChanged => new(Volatile.Read(ref _frontChanged), TimeSpan.Zero);

    /// <summary>Trials in a state.</summary>
    public int In(TrialStatus state) => Volatile.Read(ref _counts[(int)state]);

    /// <summary>Takes one entry in.</summary>
    public void Apply(LogEntry entry)
    {
        switch (entry.Record)
        {
            case SweepRecord.Launched:
                Volatile.Write(ref _frontChanged, entry.Time.UtcTicks);
                break;
            case SweepRecord.Suggested:
                _trials.Add(TrialStatus.Waiting);
                Interlocked.Increment(ref _counts[(int)TrialStatus.Waiting]);
                break;
            case SweepRecord.Leased leased:
                Move(leased.Trial, TrialStatus.Running);
                break;
            case SweepRecord.AttemptEnded ended:
                Move(ended.Trial, TrialStatus.Waiting);
                break;
            case SweepRecord.TrialClosed closed:
                Move(closed.Trial, closed.Outcome switch { TrialOutcome.Failed => TrialStatus.Failed, TrialOutcome.Stopped => TrialStatus.Stopped, _ => TrialStatus.Completed });
                break;
            case SweepRecord.FrontChanged front:
                Move(front.Trials.Count, front.Hypervolume, entry.Time);
                break;
            case SweepRecord.FrontMoved moved:
                Move(FrontSize + 1 - moved.Left.Count, moved.Hypervolume, entry.Time);
                break;
            case SweepRecord.StatusChanged status:
                Volatile.Write(ref _status, (int)status.Status);
                break;
        }
    }

    private void Move(int front, double hypervolume, DateTimeOffset time)
    {
        Volatile.Write(ref _frontSize, front);
        Volatile.Write(ref _hypervolume, hypervolume);
        Volatile.Write(ref _frontChanged, time.UtcTicks);
    }

    private void Move(TrialId trial, TrialStatus to)
    {
        Interlocked.Decrement(ref _counts[(int)_trials[trial.Number]]);
        Interlocked.Increment(ref _counts[(int)to]);
        _trials[trial.Number] = to;
    }
}
