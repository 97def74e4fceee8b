using Distributed.Contracts;

namespace Distributed.Grains;

/// <summary>A sweep's records folded into what its grain decides by. Pure: the same entries always give the same ledger.</summary>
/// <remarks>Whatever a command asks takes O(log n) of the trials at most: nothing here walks over all of them.</remarks>
internal sealed class SweepLedger
{
    private readonly SortedSet<int> _waiting = [];
    private readonly SortedSet<int> _running = [];
    private readonly Dictionary<string, TrialId> _bySlot = new(StringComparer.Ordinal);
    private readonly Dictionary<TrialId, int> _failures = [];
    private readonly Dictionary<TrialId, int> _lost = [];
    private readonly Dictionary<TrialId, int> _closedBy = [];
    private readonly Dictionary<(TrialId Trial, int Rung), string?> _rungs = [];
    private readonly Dictionary<TrialId, (int Epoch, int Count, TrialPhase Last)> _phases = [];
    private readonly HashSet<(TrialId Trial, int Epoch)> _failed = [];
    private readonly HashSet<string> _storeFailedAt = new(StringComparer.Ordinal);
    private readonly FrontFold _front = new();

    /// <summary>The sweep as every reader of the log sees it.</summary>
    public SweepState State { get; } = new();

    /// <summary>The sweep in numbers, for whoever collects metrics.</summary>
    public SweepNumbers Numbers { get; } = new();

    /// <summary>The spec; asked only of a sweep that was launched.</summary>
    public SweepSpec Spec => State.Spec ?? throw new InvalidOperationException("The sweep was not launched.");

    /// <summary>Whether the sweep has ended for good.</summary>
    public bool HasEnded => State.Status is SweepStatus.Finished or SweepStatus.Cancelled or SweepStatus.Failed;

    /// <summary>Trials with an open lease, by number.</summary>
    public IEnumerable<TrialState> Running => _running.Select(number => State.Trials[number]);

    /// <summary>How many have one.</summary>
    public int RunningCount => _running.Count;

    /// <summary>Trials that a free slot may take, by number.</summary>
    public IEnumerable<TrialState> Waiting => _waiting.Select(number => State.Trials[number]);

    /// <summary>How many there are.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>Closed candidates, the dense baseline not counted.</summary>
    public int Closed { get; private set; }

    /// <summary>Those of them that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>How the failed one of the highest number ended.</summary>
    public TrialState? LastFailed { get; private set; }

    /// <summary>How many trials from the first on are all closed.</summary>
    public int ClosedPrefix { get; private set; }

    /// <summary>Epochs of fine-tuning spent on closed trials.</summary>
    public double Epochs { get; private set; }

    /// <summary>Takes one entry in.</summary>
    public void Apply(LogEntry entry)
    {
        State.Apply(entry);
        Numbers.Apply(entry);
        switch (entry.Record)
        {
            case SweepRecord.Suggested suggested:
                _waiting.Add(suggested.Trial.Number);
                break;
            case SweepRecord.Leased leased:
                _waiting.Remove(leased.Trial.Number);
                _running.Add(leased.Trial.Number);
                _bySlot[leased.Slot] = leased.Trial;
                break;
            case SweepRecord.PhaseStarted phase:
                _phases[phase.Trial] = (phase.Epoch, PhasesOf(phase.Trial, phase.Epoch) + 1, phase.Phase);
                break;
            case SweepRecord.Checkpointed checkpointed:
                _lost.Remove(checkpointed.Trial);
                break;
            case SweepRecord.RungReached rung:
                _rungs.TryAdd((rung.Trial, rung.Report.Rung), rung.Stop);
                break;
            case SweepRecord.AttemptEnded ended:
                EndAttempt(ended);
                break;
            case SweepRecord.TrialClosed closed:
                Close(closed);
                break;
            case SweepRecord.StatusChanged { Status: SweepStatus.Running }:
                _storeFailedAt.Clear();
                break;
        }
    }

    /// <summary>A trial, or null when there is none of that number.</summary>
    public TrialState? Find(TrialId trial) => trial.Number >= 0 && trial.Number < State.Trials.Count ? State.Trials[trial.Number] : null;

    /// <summary>The trial that a slot runs, or null.</summary>
    public TrialState? RunningAt(string slot) =>
        _bySlot.TryGetValue(slot, out var trial) && Find(trial) is { Status: TrialStatus.Running } state && state.Attempts[^1].Slot == slot ? state : null;

    /// <summary>Attempts at a trial that failed so far.</summary>
    public int Failures(TrialId trial) => _failures.GetValueOrDefault(trial);

    /// <summary>Attempts at a trial in a row that were lost and left no checkpoint.</summary>
    public int Lost(TrialId trial) => _lost.GetValueOrDefault(trial);

    /// <summary>Whether the last attempt at a waiting trial failed.</summary>
    public bool LastFailedAttempt(TrialState trial) => _failed.Contains((trial.Id, trial.Epoch));

    /// <summary>The silos on which attempts at a trial failed.</summary>
    public IEnumerable<string> FailedOn(TrialState trial) =>
        trial.Attempts.Where(attempt => _failed.Contains((trial.Id, attempt.Epoch))).Select(attempt => AskingSlots.SiloOf(attempt.Slot));

    /// <summary>The silos that could not write to the store since a trial last left its model there, or the sweep was resumed.</summary>
    public IReadOnlyCollection<string> StoreFailedAt => _storeFailedAt;

    /// <summary>Whether this is the open lease of the trial.</summary>
    public bool Holds(TrialId trial, int epoch) => Find(trial) is { Status: TrialStatus.Running } state && state.Epoch == epoch;

    /// <summary>What was decided when the trial reached the rung, if it did.</summary>
    public bool Decided(TrialId trial, int rung, out string? stop) => _rungs.TryGetValue((trial, rung), out stop);

    /// <summary>The phases that an attempt entered and that are not recorded yet.</summary>
    public IEnumerable<SweepRecord.PhaseStarted> Entered(Heartbeat beat)
    {
        int known = PhasesOf(beat.Trial, beat.Epoch);
        if (beat.Phases is { } phases)
        {
            return phases.Where(phase => phase.Ordinal >= known)
                .Select(phase => new SweepRecord.PhaseStarted(beat.Trial, beat.Epoch, phase.Phase, Math.Round(phase.Ago.TotalSeconds, 3)));
        }

        return beat.Progress is { Phase: var last } && (known == 0 || _phases[beat.Trial].Last != last) ? [new(beat.Trial, beat.Epoch, last)] : [];
    }

    /// <summary>What the closing of a trial will make of the front; null when it leaves it as it is.</summary>
    public SweepRecord.FrontMoved? FrontAfter(SweepRecord.TrialClosed closed) => _front.After(Spec, closed.Trial, closed.Outcome);

    /// <summary>The answer to a completion that is not to be recorded; null when it is.</summary>
    public CommitAnswer? Settled(TrialId trial, int epoch)
    {
        if (_closedBy.TryGetValue(trial, out int by)) return by == epoch ? CommitAnswer.Accepted : CommitAnswer.Duplicate;
        if (_failed.Contains((trial, epoch))) return CommitAnswer.Accepted;
        return Holds(trial, epoch) && !HasEnded ? null : CommitAnswer.Stale;
    }

    private void EndAttempt(SweepRecord.AttemptEnded ended)
    {
        Leave(ended.Trial);
        _waiting.Add(ended.Trial.Number);
        if (SweepRules.IsLost(ended)) _lost[ended.Trial] = Lost(ended.Trial) + 1;
        if (ended.Failure is null) return;
        if (ended.Failure == FailureKind.Storage) _storeFailedAt.Add(AskingSlots.SiloOf(State.Trials[ended.Trial.Number].Attempts[^1].Slot));
        _failures[ended.Trial] = Failures(ended.Trial) + 1;
        _failed.Add((ended.Trial, ended.Epoch));
    }

    private void Close(SweepRecord.TrialClosed closed)
    {
        Leave(closed.Trial);
        _waiting.Remove(closed.Trial.Number);
        _closedBy[closed.Trial] = closed.Epoch;
        _failures.Remove(closed.Trial);
        _lost.Remove(closed.Trial);
        if (closed.Outcome is TrialOutcome.Completed or TrialOutcome.Prepared) _storeFailedAt.Clear();
        _front.Take(Spec, closed.Trial, closed.Outcome);
        var trial = State.Trials[closed.Trial.Number];
        while (ClosedPrefix < State.Trials.Count && State.Trials[ClosedPrefix].IsClosed) ClosedPrefix++;
        Epochs += trial.Epochs;
        if (trial.Id.IsDense) return;
        Closed++;
        if (trial.Status != TrialStatus.Failed) return;
        Failed++;
        if (LastFailed is null || LastFailed.Id < trial.Id) LastFailed = trial;
    }

    private void Leave(TrialId trial)
    {
        _running.Remove(trial.Number);
        _phases.Remove(trial);
        if (State.Trials[trial.Number].Attempts is [.., var last] && _bySlot.TryGetValue(last.Slot, out var there) && there == trial) _bySlot.Remove(last.Slot);
    }

    private int PhasesOf(TrialId trial, int epoch) => _phases.TryGetValue(trial, out var known) && known.Epoch == epoch ? known.Count : 0;
}
