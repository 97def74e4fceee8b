using System.Diagnostics;
using Distributed.Contracts;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Distributed.Grains;

/// <summary>One sweep: its log, leases and budget.</summary>
/// <remarks>
/// Calls interleave where they wait, and nowhere else: a command decides by the ledger and appends without waiting in between, so that a
/// decision always stands on everything decided before it, however much of that is on its way to the disk. It is answered when what it
/// decided, and all it rests on, is durable (<see cref="Commit"/>); watchers, readers and the optimizer see durable entries only. When the
/// log fails, nothing that was not answered was decided: the activation ends, and the next one starts from what is durable.
/// </remarks>
[KeepAlive, Reentrant, OnControlSilos]
internal sealed partial class SweepGrain : Grain, ISweepGrain, IDisposable
{
    private readonly SweepSurroundings _around;
    private readonly ILogger<SweepGrain> _logger;
    private readonly LeaseTable _leases;
    private readonly StagnationWatch _stagnation = new();
    private readonly AskingSlots _asking;
    private SweepJournal? _opened;
    private LiveSweep? _live;
    private Exception? _unusable;
    private bool _isDamaged;
    private long _opening;
    private SweepId _id;
    private (DateTimeOffset Since, TimeSpan Before, long Seen) _running;

    public SweepGrain(SweepSurroundings around, ILogger<SweepGrain> logger)
    {
        (_around, _logger) = (around, logger);
        _leases = new(around.Clock.Time, around.Options.TimeToLive);
        _asking = new(around.Clock.Time, around.Options.TimeToLive);
    }

    private SweepJournal Journal => _opened ?? throw new InvalidOperationException("The activation has not opened its log.");

    private SweepLedger Ledger => Journal.Ledger;

    private SweepStatus Status => Ledger.State.Status;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _opening = _around.Clock.Time.GetTimestamp();
        try
        {
            _id = new(this.GetPrimaryKeyString());
            _opened = new(new MeasuredLogs(_around.Logs, TimeProvider.System), _id, _around.Clock.Time) { Breaks = Break, Records = Tell };
            await _opened.Open(cancellationToken);
            _live = LiveSweeps.Add(_id, Ledger.Numbers, _around.Clock.Time);
            await TakeOver();
            // A catalogue that could not read the log when it came to life does not know of it.
            _unannounced = true;
        }
        catch (Exception e)
        {
            await Close();
            _isDamaged = e is LogCorruptException;
            _unusable = Unusable(e);
            if (_unusable is null) throw;
            if (_unusable is SweepUnavailableException) DeactivateOnIdle();
        }

        if (_unusable is null) _ = FollowNotices();
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(_around.Options.Tick, _around.Options.Tick) { Interleave = true });
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _leaving.CancelAsync();
        await Close();
    }

    /// <summary>Gives the log free, also where it could not be read: somebody may repair it, or read it on another silo.</summary>
    private async Task Close()
    {
        if (_opened is { } opened) await opened.DisposeAsync();
    }

    /// <summary>What whoever asks is told of a log that could not be opened; null for what is no trouble of the log.</summary>
    private Exception? Unusable(Exception error) => error switch
    {
        InvalidInputException or SweepUnavailableException => error,
        LogCorruptException => new InvalidInputException($"The log of sweep '{_id}'", error.Message.TrimEnd('.'), "Or start the sweep anew under another name.", error),
        IOException or UnauthorizedAccessException => new SweepUnavailableException(_id, error),
        _ => null,
    };

    public void Dispose()
    {
        _live?.Dispose();
        _leaving.Dispose();
    }

    public async Task Launch(SweepSpec spec)
    {
        Usable();
        SpecRules.Check(spec, _id);
        // Reading an earlier sweep takes a while, in which another call may have launched this one.
        if (!Journal.Exists && await FirstRecords(spec) is var first && !Journal.Exists)
            Journal.Append(first);
        else if (Ledger.Spec.Fingerprint() != spec.Fingerprint())
            throw new InvalidInputException($"sweep '{_id}'", "it exists with another spec", "Choose another name, or start anew (--fresh).");
        else if (Status == SweepStatus.Paused)
            Journal.Append(new SweepRecord.StatusChanged(SweepStatus.Running, "launched again"));

        await GoOn();
    }

    private async Task<List<SweepRecord>> FirstRecords(SweepSpec spec)
    {
        List<SweepRecord> records = [new SweepRecord.Launched(spec, Activity.Current is { Recorded: true } launch ? launch.Id : null)];
        if (spec.WarmStart?.Sweep is { } earlier) records.Add(await WarmStartImport.Read(_around.Logs, spec, earlier));
        return [.. records, new SweepRecord.Suggested(TrialId.Dense, null, "dense baseline")];
    }

    public async Task Pause(string reason)
    {
        Existing();
        if (Status == SweepStatus.Running) Journal.Append(new SweepRecord.StatusChanged(SweepStatus.Paused, reason));
        await Commit();
    }

    public async Task Resume()
    {
        Existing();
        if (Ledger.HasEnded)
            throw new InvalidInputException($"sweep '{_id}'", $"it has ended: {Ledger.State.StatusReason}".TrimEnd('.'), "Launch a new one.");
        if (Status == SweepStatus.Paused) Journal.Append(new SweepRecord.StatusChanged(SweepStatus.Running, "resumed"));
        await GoOn();
    }

    public async Task Cancel(string reason)
    {
        Existing();
        if (!Ledger.HasEnded) End(SweepStatus.Cancelled, reason);
        await Commit();
    }

    public async Task SetShare(double? weight, int? priority)
    {
        Existing();
        SpecRules.CheckWeight(weight);
        if (Ledger.HasEnded)
            throw new InvalidInputException($"sweep '{_id}'", $"it has ended: {Ledger.State.StatusReason}".TrimEnd('.'), "A sweep that has ended needs no share.");
        SweepRecord.ShareChanged share = new(weight == Ledger.State.Weight ? null : weight, priority == Ledger.State.Priority ? null : priority);
        if (share is not { Weight: null, Priority: null }) Journal.Append(share);
        await Commit();
    }

    /// <summary>What a new activation does with leases that the log holds open; see <see cref="ReactivationRule"/>.</summary>
    private async Task TakeOver()
    {
        if (!Journal.Exists || Ledger.HasEnded) return;
        if (_around.Options.OnReactivation == ReactivationRule.GoOn || _around.Started.Contains(_id))
        {
            foreach (var trial in Ledger.Running) _leases.Renew(trial.Id);
            return;
        }

        List<SweepRecord> records = [.. Ledger.Running.Select(trial => new SweepRecord.AttemptEnded(trial.Id, trial.Epoch, "interrupted", null))];
        if (Status == SweepStatus.Running)
            records.Add(new SweepRecord.StatusChanged(SweepStatus.Paused, "interrupted: its silo ended", Ledger.State.LastChange));
        Journal.Append(records);
        await Journal.Durable;
    }

    private async Task GoOn()
    {
        _around.Started.Add(_id);
        await Commit();
        _ = Prepare();
    }

    /// <summary>Ends the sweep for good, and every open lease with it.</summary>
    private void End(SweepStatus status, string reason)
    {
        var open = Ledger.Running.ToList();
        Journal.Append([
            .. open.Select(trial => new SweepRecord.AttemptEnded(trial.Id, trial.Epoch, status.ToString().ToLowerInvariant(), null)),
            new SweepRecord.StatusChanged(status, reason)]);
        foreach (var trial in open) _leases.Close(trial.Id);
        _ = TellOfEnd(status, reason);
    }

    /// <summary>Waits until everything that is decided by now is durable, and lets the catalogue know.</summary>
    private async Task Commit()
    {
        var summary = SweepSummaries.Of(_id, Ledger.State, Ledger.Closed);
        await Journal.Durable;
        Announce(summary);
    }

    /// <summary>The same where nobody awaits it. What goes wrong is logged where it happened; this activation is ending, and the next one announces.</summary>
    /// <returns>Whether it is durable.</returns>
    private async Task<bool> TryCommit()
    {
        try
        {
            await Commit();
            return true;
        }
        catch (Exception e) when (e is SweepUnavailableException or InvalidInputException)
        {
            return false;
        }
    }

    private async Task<T> Committed<T>(T answer)
    {
        await Journal.Durable;
        return answer;
    }

    private async Task TellOfEnd(SweepStatus status, string reason)
    {
        if (await TryCommit()) LogEnded(_id, status, reason);
    }

    /// <summary>Tells metrics and traces of what has become durable.</summary>
    private void Tell(IReadOnlyList<SweepRecord> records)
    {
        AttemptCounts.Count(records);
        foreach (var closed in records.OfType<SweepRecord.TrialClosed>()) TrialTraces.Close(_id, Ledger.State, Ledger.Find(closed.Trial)!);
    }

    private void Break(Exception e)
    {
        if (e is StoreFullException or StoreUnavailableException) LogWaits(_id, e.Message);
        else LogBroken(e, _id);
        DeactivateOnIdle();
    }

    /// <summary>How long the sweep has been running, by the monotonic clock as far as this activation saw it.</summary>
    private TimeSpan Running()
    {
        if (Ledger.State.RunningSince is not { } since) return TimeSpan.Zero;
        if (_running.Since != since)
        {
            var before = _around.Now - since;
            _running = (since, before > TimeSpan.Zero ? before : TimeSpan.Zero, _around.Clock.Time.GetTimestamp());
        }

        return _running.Before + _around.Clock.Time.GetElapsedTime(_running.Seen);
    }

    private void Readable()
    {
        if (_unusable is not null) throw _unusable;
    }

    private void Usable()
    {
        Readable();
        if (Journal.Broken is { } broken) throw broken;
    }

    private void Existing()
    {
        Usable();
        if (!Journal.Exists)
            throw new InvalidInputException($"sweep '{_id}'", "there is no such sweep", "List the sweeps to see their names, or launch it first.");
    }
}
