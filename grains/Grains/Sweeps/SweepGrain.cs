using System.Diagnostics;
using Distributed.Contracts;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Distributed.Grains;

/// <summary>One sweep: its log, leases and budget.</summary>
/// <remarks>
/// Calls interleave. Whatever decides takes the <see cref="Turn"/>, decides by the ledger, appends, and gives the turn back when the
/// append is durable and folded; whatever only reads (Read, Watch, heartbeats that change nothing) takes none. So a decision always
/// stands on the whole log and a watcher never holds anybody up. When the log fails, nothing was decided: the activation ends, and the
/// next one starts from what is durable.
/// </remarks>
[KeepAlive, Reentrant, OnControlSilos]
internal sealed partial class SweepGrain : Grain, ISweepGrain, IDisposable
{
    private readonly SweepSurroundings _around;
    private readonly ILogger<SweepGrain> _logger;
    private readonly LeaseTable _leases;
    private readonly Turn _turn = new();
    private readonly StagnationWatch _stagnation;
    private SweepJournal? _opened;
    private LiveSweep? _live;
    private Exception? _unusable;
    private SweepId _id;

    public SweepGrain(SweepSurroundings around, ILogger<SweepGrain> logger)
    {
        (_around, _logger) = (around, logger);
        _leases = new(around.Clock.Time, around.Options.TimeToLive);
        _stagnation = new(around.Search);
    }

    private SweepJournal Journal => _opened ?? throw new InvalidOperationException("The activation has not opened its log.");

    private SweepLedger Ledger => Journal.Ledger;

    private SweepStatus Status => Ledger.State.Status;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        try
        {
            _id = new(this.GetPrimaryKeyString());
            _opened = new(new MeasuredLogs(_around.Logs, TimeProvider.System), _id);
            await _opened.Open(cancellationToken);
            _live = LiveSweeps.Add(_id, Ledger.Numbers, _around.Clock.Time);
            await TakeOver();
        }
        catch (InvalidInputException e)
        {
            _unusable = e;
        }
        catch (LogCorruptException e)
        {
            _unusable = new InvalidInputException($"The log of sweep '{_id}'", e.Message.TrimEnd('.'), "Or start the sweep anew under another name.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SweepUnavailableException)
        {
            _unusable = e is SweepUnavailableException ? e : new SweepUnavailableException(_id, e);
            DeactivateOnIdle();
        }

        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(_around.Options.Tick, _around.Options.Tick) { Interleave = true });
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_opened is not null) await _opened.DisposeAsync();
    }

    public void Dispose()
    {
        _live?.Dispose();
        _turn.Dispose();
    }

    public async Task Launch(SweepSpec spec)
    {
        Usable();
        SpecRules.Check(spec, _id);
        using (await _turn.Take())
        {
            if (!Journal.Exists)
                await Append(await FirstRecords(spec));
            else if (Ledger.Spec.Fingerprint() != spec.Fingerprint())
                throw new InvalidInputException($"sweep '{_id}'", "it exists with another spec", "Choose another name, or start anew (--fresh).");
            else if (Status == SweepStatus.Paused)
                await Append(new SweepRecord.StatusChanged(SweepStatus.Running, "launched again"));
        }

        GoOn();
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
        using (await _turn.Take())
        {
            if (Status == SweepStatus.Running) await Append(new SweepRecord.StatusChanged(SweepStatus.Paused, reason));
        }

        Announce();
    }

    public async Task Resume()
    {
        Existing();
        using (await _turn.Take())
        {
            if (Ledger.HasEnded)
                throw new InvalidInputException($"sweep '{_id}'", $"it has ended: {Ledger.State.StatusReason}".TrimEnd('.'), "Launch a new one.");
            if (Status == SweepStatus.Paused) await Append(new SweepRecord.StatusChanged(SweepStatus.Running, "resumed"));
        }

        GoOn();
    }

    public async Task Cancel(string reason)
    {
        Existing();
        using (await _turn.Take())
        {
            if (!Ledger.HasEnded) await End(SweepStatus.Cancelled, reason);
        }

        Announce();
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
        await Journal.Append(records);
    }

    private void GoOn()
    {
        _around.Started.Add(_id);
        Announce();
        _ = Prepare();
    }

    /// <summary>Ends the sweep for good, and every open lease with it.</summary>
    private async Task End(SweepStatus status, string reason)
    {
        var open = Ledger.Running.ToList();
        await Append([
            .. open.Select(trial => new SweepRecord.AttemptEnded(trial.Id, trial.Epoch, status.ToString().ToLowerInvariant(), null)),
            new SweepRecord.StatusChanged(status, reason)]);
        foreach (var trial in open) _leases.Close(trial.Id);
        LogEnded(_id, status, reason);
    }

    private async Task Append(params IReadOnlyList<SweepRecord> records)
    {
        try
        {
            await Journal.Append(records);
        }
        catch (SweepUnavailableException e)
        {
            LogUnavailable(e, _id);
            DeactivateOnIdle();
            throw;
        }

        Tell(records);
    }

    /// <summary>Tells metrics and traces of what has become durable.</summary>
    private void Tell(IReadOnlyList<SweepRecord> records)
    {
        AttemptCounts.Count(records);
        foreach (var closed in records.OfType<SweepRecord.TrialClosed>()) TrialTraces.Close(_id, Ledger.State, Ledger.Find(closed.Trial)!);
    }

    private void Usable()
    {
        if (_unusable is not null) throw _unusable;
        if (Journal.Broken is { } broken) throw new SweepUnavailableException(_id, broken);
    }

    private void Existing()
    {
        Usable();
        if (!Journal.Exists)
            throw new InvalidInputException($"sweep '{_id}'", "there is no such sweep", "List the sweeps to see their names, or launch it first.");
    }

    private void Announce() => _ = AnnounceNow();

    private async Task AnnounceNow()
    {
        Activity.Current = null;
        try
        {
            await GrainFactory.GetGrain<ICatalogGrain>(ICatalogGrain.Key).Announce(SweepSummaries.Of(_id, Ledger.State));
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // The next change announces again, and a new catalogue reads the logs.
            LogUnannounced(e, _id);
        }
    }
}
