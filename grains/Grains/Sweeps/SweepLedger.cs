using Distributed.Contracts;

namespace Distributed.Grains;

/// <summary>A sweep's log folded into what its grain decides by. Pure: the same entries always give the same ledger.</summary>
internal sealed class SweepLedger
{
    private readonly Dictionary<TrialId, int> _failures = [];
    private readonly Dictionary<TrialId, int> _closedBy = [];
    private readonly Dictionary<(TrialId Trial, int Rung), string?> _rungs = [];
    private readonly Dictionary<(TrialId Trial, int Epoch), TrialPhase> _phases = [];
    private readonly HashSet<(TrialId Trial, int Epoch)> _failed = [];

    /// <summary>The sweep as every reader of the log sees it.</summary>
    public SweepState State { get; } = new();

    /// <summary>The sweep in numbers, for whoever collects metrics.</summary>
    public SweepNumbers Numbers { get; } = new();

    /// <summary>The spec; asked only of a sweep that was launched.</summary>
    public SweepSpec Spec => State.Spec ?? throw new InvalidOperationException("The sweep was not launched.");

    /// <summary>Whether the sweep has ended for good.</summary>
    public bool HasEnded => State.Status is SweepStatus.Finished or SweepStatus.Cancelled or SweepStatus.Failed;

    /// <summary>Trials with an open lease.</summary>
    public IEnumerable<TrialState> Running => State.Trials.Where(trial => trial.Status == TrialStatus.Running);

    /// <summary>The trial that a free slot should take next, or null.</summary>
    public TrialState? Waiting => State.Trials.FirstOrDefault(trial => trial.Status == TrialStatus.Waiting);

    /// <summary>Closed candidates, the dense baseline not counted.</summary>
    public IEnumerable<TrialState> Closed => State.Trials.Where(trial => trial.IsClosed && !trial.Id.IsDense);

    /// <summary>Epochs of fine-tuning spent on closed trials.</summary>
    public double Epochs => State.Trials.Sum(trial => trial.Epochs);

    /// <summary>Takes one entry in.</summary>
    public void Apply(LogEntry entry)
    {
        State.Apply(entry);
        Numbers.Apply(entry);
        switch (entry.Record)
        {
            case SweepRecord.PhaseStarted phase:
                _phases[(phase.Trial, phase.Epoch)] = phase.Phase;
                break;
            case SweepRecord.RungReached rung:
                _rungs.TryAdd((rung.Trial, rung.Report.Rung), rung.Stop);
                break;
            case SweepRecord.AttemptEnded { Failure: not null } ended:
                _failures[ended.Trial] = Failures(ended.Trial) + 1;
                _failed.Add((ended.Trial, ended.Epoch));
                break;
            case SweepRecord.TrialClosed closed:
                _closedBy[closed.Trial] = closed.Epoch;
                break;
        }
    }

    /// <summary>A trial, or null when there is none of that number.</summary>
    public TrialState? Find(TrialId trial) => trial.Number >= 0 && trial.Number < State.Trials.Count ? State.Trials[trial.Number] : null;

    /// <summary>Attempts at a trial that failed so far.</summary>
    public int Failures(TrialId trial) => _failures.GetValueOrDefault(trial);

    /// <summary>Whether this is the open lease of the trial.</summary>
    public bool Holds(TrialId trial, int epoch) => Find(trial) is { Status: TrialStatus.Running } state && state.Epoch == epoch;

    /// <summary>What was decided when the trial reached the rung, if it did.</summary>
    public bool Decided(TrialId trial, int rung, out string? stop) => _rungs.TryGetValue((trial, rung), out stop);

    /// <summary>Whether the attempt enters a phase by this report.</summary>
    public bool Enters(TrialId trial, int epoch, TrialPhase phase) => !_phases.TryGetValue((trial, epoch), out var last) || last != phase;

    /// <summary>The answer to a completion that is not to be recorded; null when it is.</summary>
    public CommitAnswer? Settled(TrialId trial, int epoch)
    {
        if (_closedBy.TryGetValue(trial, out int by)) return by == epoch ? CommitAnswer.Accepted : CommitAnswer.Duplicate;
        if (_failed.Contains((trial, epoch))) return CommitAnswer.Accepted;
        return Holds(trial, epoch) && !HasEnded ? null : CommitAnswer.Stale;
    }
}
