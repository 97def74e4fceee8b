namespace Distributed.Dashboard;

/// <summary>A sweep at a moment, for good: pages and charts read it from any thread.</summary>
public sealed record SweepView
{
    /// <summary>Its name.</summary>
    public required SweepId Name { get; init; }

    /// <summary>How fresh this is.</summary>
    public required FeedConnection Connection { get; init; }

    /// <summary>Why it is not live, for people; empty when there is nothing to say.</summary>
    public string Trouble { get; init; } = "";

    /// <summary>Whether the log was read to its end once; before that only its beginning is known.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>One more with every picture of this sweep.</summary>
    public long Version { get; init; }

    /// <summary>The position after the last record: the same number means the same log.</summary>
    public long Next { get; init; }

    /// <summary>What is asked; null before the first record was read.</summary>
    public SweepSpec? Spec { get; init; }

    /// <summary>Where it stands.</summary>
    public SweepStatus Status { get; init; }

    /// <summary>Why it stands there.</summary>
    public string StatusReason { get; init; } = "";

    /// <summary>Its weight beside other sweeps.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Its priority before other sweeps.</summary>
    public int Priority { get; init; }

    /// <summary>All trials by number; number 0 is the dense baseline.</summary>
    public IReadOnlyList<TrialState> Trials { get; init; } = [];

    /// <summary>The dense model's profile once the baseline is closed.</summary>
    public ModelProfile? Profile { get; init; }

    /// <summary>What it took from an earlier sweep; null for nothing.</summary>
    public SweepRecord.WarmStarted? WarmStart { get; init; }

    /// <summary>The front, as last recorded.</summary>
    public IReadOnlyList<TrialId> Front { get; init; } = [];

    /// <summary>Its hypervolume.</summary>
    public double Hypervolume { get; init; }

    /// <summary>The hypervolume each time the front changed.</summary>
    public IReadOnlyList<(DateTimeOffset Time, double Hypervolume)> HypervolumeHistory { get; init; } = [];

    /// <summary>Every phase that an attempt entered, in the order of the log.</summary>
    public IReadOnlyList<PhaseMark> Phases { get; init; } = [];

    /// <summary>Trials by the order in which they were closed.</summary>
    public IReadOnlyList<ClosedTrial> Closed { get; init; } = [];

    /// <summary>What running trials last reported.</summary>
    public IReadOnlyDictionary<TrialId, RunningReport> Running { get; init; } = new Dictionary<TrialId, RunningReport>();

    /// <summary>Each trial's part of the log, by the trial's number.</summary>
    public IReadOnlyList<IReadOnlyList<LogEntry>> Histories { get; init; } = [];

    /// <summary>What attempts that ended while this dashboard watched had reported: of the last few trials only.</summary>
    public IReadOnlyDictionary<TrialId, IReadOnlyList<ProgressPoint>> Curves { get; init; } = new Dictionary<TrialId, IReadOnlyList<ProgressPoint>>();

    /// <summary>When it was launched.</summary>
    public DateTimeOffset Launched { get; init; }

    /// <summary>Time spent running up to the last status change.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Since when it runs; null while it does not.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>When the last record was appended.</summary>
    public DateTimeOffset LastChange { get; init; }

    /// <summary>Whether the sweep will not change any more.</summary>
    public bool HasEnded => Status is SweepStatus.Finished or SweepStatus.Cancelled or SweepStatus.Failed;

    /// <summary>The dense baseline's trial, or null before it exists.</summary>
    public TrialState? Dense => Trials.Count > 0 ? Trials[0] : null;

    /// <summary>A trial by its number, or null when there is none.</summary>
    public TrialState? Trial(int number) => number >= 0 && number < Trials.Count ? Trials[number] : null;

    /// <summary>A trial's part of the log, in order; empty when there is none.</summary>
    public IReadOnlyList<LogEntry> History(int number) => number >= 0 && number < Histories.Count ? Histories[number] : [];

    /// <summary>Candidates (the dense baseline not counted) in a status.</summary>
    public int Count(TrialStatus status) => Trials.Count(trial => !trial.Id.IsDense && trial.Status == status);

    /// <summary>Time spent running, up to a moment.</summary>
    public TimeSpan ElapsedAt(DateTimeOffset now) => Elapsed + (RunningSince is { } since && now > since ? now - since : TimeSpan.Zero);
}

/// <summary>An attempt entered a phase.</summary>
/// <param name="Trial">Which trial.</param>
/// <param name="Epoch">Which attempt.</param>
/// <param name="Phase">Which phase.</param>
/// <param name="Time">When.</param>
public readonly record struct PhaseMark(TrialId Trial, int Epoch, TrialPhase Phase, DateTimeOffset Time);

/// <summary>A trial was closed.</summary>
/// <param name="Trial">Which.</param>
/// <param name="Time">When.</param>
/// <param name="Hypervolume">Of the front as it was recorded last, before or with it.</param>
public readonly record struct ClosedTrial(TrialId Trial, DateTimeOffset Time, double Hypervolume);

/// <summary>What a running trial reported: not recorded, gone with the process that shows it.</summary>
/// <param name="Slot">Where it runs.</param>
/// <param name="Last">Its last report.</param>
/// <param name="History">Its reports since this dashboard watches it, oldest first, thinned where there are many.</param>
public sealed record RunningReport(string Slot, TrialProgress Last, IReadOnlyList<ProgressPoint> History);

/// <summary>One report of a running trial.</summary>
/// <param name="Time">When it arrived.</param>
/// <param name="Progress">What it said.</param>
public readonly record struct ProgressPoint(DateTimeOffset Time, TrialProgress Progress);
