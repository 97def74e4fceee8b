using Distributed.Contracts;

namespace Distributed.Grains;

internal sealed partial class SweepGrain
{
    /// <summary>For how long a slot that asked for work surely still listens.</summary>
    private static readonly TimeSpan Attention = TimeSpan.FromSeconds(10);

    /// <summary>By slot, leases whose records are not durable yet, or took so long that the slot may not have heard: nobody can have lost them.</summary>
    private readonly Dictionary<string, Lease> _untold = new(StringComparer.Ordinal);

    /// <summary>Those of them that are durable.</summary>
    private readonly HashSet<string> _unheard = new(StringComparer.Ordinal);

    public async Task<Lease?> Pull(PullRequest request)
    {
        Usable();
        if (!Journal.Exists || Ledger.HasEnded || (Ledger.Spec.Device is { } device && device != request.Device)) return null;
        if (_untold.TryGetValue(request.Slot, out var untold) && Ledger.Holds(untold.Assignment.Trial, untold.Assignment.Epoch)) return await Told(request.Slot, untold);
        if (Grant(request) is { } lease) return await Told(request.Slot, lease);
        return request.Patient && MayPrepare() > 0 ? await GrantPrepared(request) : null;
    }

    /// <summary>Waits for suggestions in the making, no longer than until there is one for this slot, and not for all that may be prepared.</summary>
    private async Task<Lease?> GrantPrepared(PullRequest request)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (_around.Options.Patience - TimeProvider.System.GetElapsedTime(begun) is var left && left > TimeSpan.Zero)
        {
            var (some, all) = (_suggestedSome.Task, Prepare());
            try
            {
                await Task.WhenAny(some, all).WaitAsync(left, TimeProvider.System);
            }
            catch (TimeoutException)
            {
                // The suggestion takes longer than a slot should wait; it will be there when the slot asks again.
                return null;
            }

            Usable();
            if (Grant(request) is { } lease) return await Told(request.Slot, lease);
            if (all.IsCompleted) return null;
        }

        return null;
    }

    /// <summary>
    /// A slot that asks again while a slow store writes its lease gets that lease, and not another one in its place. So it does once more where
    /// the writing took so long that the answer may have come to nobody.
    /// </summary>
    private async Task<Lease> Told(string slot, Lease lease)
    {
        long begun = _around.Clock.Time.GetTimestamp();
        _untold[slot] = lease;
        _unheard.Remove(slot);
        await Journal.Durable;
        if (!ReferenceEquals(_untold.GetValueOrDefault(slot), lease)) return lease;
        if (Ledger.Holds(lease.Assignment.Trial, lease.Assignment.Epoch)) _leases.Renew(lease.Assignment.Trial);
        if (_around.Clock.Time.GetElapsedTime(begun) < Attention)
        {
            _untold.Remove(slot);
            _unheard.Remove(slot);
        }
        else
        {
            _unheard.Add(slot);
        }

        return lease;
    }

    public async Task<IReadOnlyList<LeaseAnswer>> Heartbeat(IReadOnlyList<Heartbeat> beats)
    {
        Usable();
        foreach (var beat in beats.Where(beat => Ledger.Holds(beat.Trial, beat.Epoch)))
        {
            _leases.Renew(beat.Trial);
            if (beat.Progress is { } progress) _leases.Report(beat.Trial, Ledger.Find(beat.Trial)!.Attempts[^1].Slot, progress);
        }

        if (beats.Any(beat => beat.Progress is not null)) Journal.Signal();
        List<SweepRecord> phases = [.. beats.Where(beat => Ledger.Holds(beat.Trial, beat.Epoch)).SelectMany(Ledger.Entered)];
        Journal.Append(phases);
        IReadOnlyList<LeaseAnswer> answers = [.. beats.Select(beat => Answer(beat.Trial, beat.Epoch))];
        // "Go on" rests on a lease that its holder was told of, which is durable; everything else may rest on what is not yet, phases told twice too.
        return beats.All(beat => beat.Phases is null or []) && phases.Count == 0 && answers.All(answer => answer == LeaseAnswer.Continue) ? answers : await Committed(answers);
    }

    public async Task<LeaseAnswer> Checkpointed(TrialId trial, int epoch, Checkpoint checkpoint)
    {
        Usable();
        if (Ledger.Holds(trial, epoch))
        {
            _leases.Renew(trial);
            if (Ledger.Find(trial)!.Checkpoint != checkpoint) Journal.Append(new SweepRecord.Checkpointed(trial, epoch, checkpoint));
        }

        return await Committed(Answer(trial, epoch));
    }

    public async Task<string?> AtRung(TrialId trial, int epoch, RungReport report)
    {
        const string Lost = "The lease is no longer held.";
        Usable();
        if (Ledger.Decided(trial, report.Rung, out string? decided)) return await Committed(decided);
        if (!Ledger.Holds(trial, epoch)) return await Committed(Lost);
        _leases.Renew(trial);
        await Journal.Durable;
        await Synchronise();
        string? stop = await Optimizer.AtRung(trial, report);
        Usable();
        if (Ledger.Decided(trial, report.Rung, out decided)) return await Committed(decided);
        if (!Ledger.Holds(trial, epoch)) return await Committed(Lost);
        Journal.Append(new SweepRecord.RungReached(trial, epoch, report, stop));
        return await Committed(stop);
    }

    public async Task<CommitAnswer> Complete(TrialId trial, int epoch, TrialOutcome outcome)
    {
        Usable();
        if (Ledger.Settled(trial, epoch) is { } answer)
        {
            await Commit();
            LogNotRecorded(_id, trial, epoch, answer);
            return Counted(answer);
        }

        Journal.Append(Ending(trial, epoch, SweepRules.Checked(trial, outcome)));
        _leases.Close(trial);
        var status = Ledger.Find(trial)!.Status;
        Settle();
        _ = Prepare();
        await Commit();
        LogAttemptEnded(_id, trial, epoch, status);
        return Counted(CommitAnswer.Accepted);
    }

    public async Task Release(TrialId trial, int epoch, string reason)
    {
        Usable();
        if (!Ledger.Holds(trial, epoch)) return;
        Journal.Append(new SweepRecord.AttemptEnded(trial, epoch, "released", null));
        _leases.Close(trial);
        Settle();
        await Commit();
        LogReleased(_id, trial, epoch, reason);
    }

    private Lease? Grant(PullRequest request)
    {
        CloseExpired();
        if (Ledger.RunningAt(request.Slot) is { } left) CloseLost([left], SweepRules.SlotAsksAnew);
        Settle();
        if (Status != SweepStatus.Running || SweepRules.BudgetUsed(Ledger, Running()) is not null) return null;
        bool alone = Ledger.RunningCount == 0 && !_asking.IsAnyOther(request.Slot);
        _asking.Ask(request.Slot);
        if (Ledger.Waiting.FirstOrDefault(trial => alone || !IsForAnother(trial, request.Slot)) is not { } next) return null;
        Journal.Append(new SweepRecord.Leased(next.Id, next.Epoch + 1, request.Slot, TrialTraces.Of(_id, Ledger.State, next)));
        _leases.Renew(next.Id);
        _ = Prepare();
        return new(Assignment(Ledger.Find(next.Id)!), _leases.TimeToLive);
    }

    private void CloseExpired()
    {
        foreach (var (slot, lease) in _untold)
        {
            if (!_unheard.Contains(slot) && Ledger.Holds(lease.Assignment.Trial, lease.Assignment.Epoch)) _leases.Renew(lease.Assignment.Trial);
        }

        var expired = _leases.Expired();
        if (expired.Count > 0) CloseLost([.. expired.Order().Select(trial => Ledger.Find(trial)!)], SweepRules.LeaseExpired);
    }

    /// <summary>
    /// A failed attempt is repeated on another slot, unless none takes it for a while, and on no silo where the trial failed before while one
    /// works at the sweep where it did not: a machine that fails whatever it is given would use up the attempts of trial after trial.
    /// </summary>
    private bool IsForAnother(TrialState trial, string slot)
    {
        if (Ledger.Failures(trial.Id) == 0) return false;
        if (trial.Attempts is [.., { Ended: { } ended } last] && last.Slot == slot && Ledger.LastFailedAttempt(trial)
            && _around.Now - ended is var since && since >= TimeSpan.Zero && since < _leases.TimeToLive)
            return true;
        HashSet<string> failed = [.. Ledger.FailedOn(trial)];
        return failed.Contains(AskingSlots.SiloOf(slot)) && IsWorkedAtBeside(failed);
    }

    /// <summary>Whether some other silo works at the sweep, or asked for work not long ago.</summary>
    private bool IsWorkedAtBeside(HashSet<string> silos) =>
        _asking.Silos.Concat(Ledger.Running.Select(running => AskingSlots.SiloOf(running.Attempts[^1].Slot))).Any(silo => !silos.Contains(silo));

    /// <summary>Ends the leases whose holders are known to be gone: a slot runs one attempt at a time.</summary>
    private void CloseLost(IReadOnlyList<TrialState> lost, string reason)
    {
        Journal.Append([.. lost.Select(trial => new SweepRecord.AttemptEnded(trial.Id, trial.Epoch, reason, null))]);
        foreach (var trial in lost)
        {
            _leases.Close(trial.Id);
            LogLost(_id, trial.Id, trial.Epoch, reason);
            int times = Ledger.Lost(trial.Id);
            // No attempt closes it: whichever of them comes back is told that it is a duplicate.
            if (times >= _around.Options.LostAttempts)
                Journal.Append(new SweepRecord.TrialClosed(trial.Id, 0, SweepRules.Poisonous(Ledger.Find(trial.Id)!, times)));
        }
    }

    private TrialAssignment Assignment(TrialState trial) => new()
    {
        Spec = Ledger.Spec,
        Trial = trial.Id,
        Epoch = trial.Epoch,
        Candidate = trial.Candidate,
        Profile = trial.Id.IsDense ? null : Ledger.State.Profile,
        Dense = trial.Id.IsDense ? null : Ledger.State.Dense?.Artifacts,
        Checkpoint = trial.Checkpoint,
        Trace = trial.Trace,
    };

    private static CommitAnswer Counted(CommitAnswer answer)
    {
        SweepTelemetry.Commits.Add(1, new KeyValuePair<string, object?>("answer", answer.ToString().ToLowerInvariant()));
        return answer;
    }

    private LeaseAnswer Answer(TrialId trial, int epoch) => Status switch
    {
        SweepStatus.Cancelled or SweepStatus.Failed => LeaseAnswer.CancelRequested,
        _ when !Ledger.Holds(trial, epoch) => LeaseAnswer.Revoked,
        SweepStatus.Paused => LeaseAnswer.Drain,
        _ => LeaseAnswer.Continue,
    };

    /// <summary>
    /// One silo that cannot write says nothing of the others: the trial goes to one of them. Where a second one cannot either, or there is no
    /// other, no attempt could: the trial waits, and the sweep with it, until somebody resumes it.
    /// </summary>
    private List<SweepRecord> StoreFailed(TrialId trial, int epoch, TrialOutcome.Failed failed)
    {
        List<SweepRecord> records = [new SweepRecord.AttemptEnded(trial, epoch, failed.Reason, failed.Kind)];
        HashSet<string> silos = [.. Ledger.StoreFailedAt, AskingSlots.SiloOf(Ledger.Find(trial)!.Attempts[^1].Slot)];
        if (Status == SweepStatus.Running && (silos.Count > 1 || !IsWorkedAtBeside(silos))) records.Add(new SweepRecord.StatusChanged(SweepStatus.Paused, failed.Reason));
        return records;
    }

    /// <summary>The records of an attempt's end: another attempt, or the closing of the trial with the front that it leads to.</summary>
    private List<SweepRecord> Ending(TrialId trial, int epoch, TrialOutcome outcome)
    {
        if (outcome is TrialOutcome.Failed { Kind: FailureKind.Storage } store) return StoreFailed(trial, epoch, store);
        var state = Ledger.Find(trial)!;
        if (outcome is TrialOutcome.Failed failed
            && SweepRules.IsWorthRetrying(failed.Kind, elsewhere: IsWorkedAtBeside([.. Ledger.FailedOn(state), AskingSlots.SiloOf(state.Attempts[^1].Slot)]))
            && Ledger.Failures(trial) + 1 < _around.Options.Attempts)
            return [new SweepRecord.AttemptEnded(trial, epoch, failed.Reason, failed.Kind)];
        var closed = new SweepRecord.TrialClosed(trial, epoch, outcome);
        return Ledger.FrontAfter(closed) is { } front ? [closed, front] : [closed];
    }
}
