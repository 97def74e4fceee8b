using Distributed.Contracts;

namespace Distributed.Grains;

internal sealed partial class SweepGrain
{
    private const int Batch = 500;
    private const int SearchFailuresBorne = 3;
    private Task _preparing = Task.CompletedTask;
    private bool _exhausted;
    private int _searchFailures;

    private IOptimizerGrain Optimizer => GrainFactory.GetGrain<IOptimizerGrain>(_id.Value);

    /// <summary>Looks after what only time changes: silent leases, the budget of time.</summary>
    private async Task Tick(CancellationToken cancellation)
    {
        if (_unusable is not null || Journal.Broken is not null || !Journal.Exists) return;
        _live?.Heard(_leases.LeastRenewed);
        if (Ledger.HasEnded) return;
        using (await _turn.Take())
        {
            await CloseLost(trial => _leases.IsExpired(trial.Id), "lease expired");
            await Settle();
        }

        _ = Prepare();
    }

    /// <summary>Ends the sweep when it is over or hopeless.</summary>
    private async Task Settle()
    {
        if (Ledger.HasEnded) return;
        if (SweepRules.Hopeless(Ledger) is { } hopeless) await End(SweepStatus.Failed, hopeless);
        else if (Status == SweepStatus.Running && !Ledger.Running.Any() && Over() is { } over) await End(SweepStatus.Finished, over);
        else return;
        Announce();
    }

    private string? Over() =>
        SweepRules.BudgetUsed(Ledger, _around.Now)
        ?? (Ledger.Waiting is not null ? null : _exhausted ? "The space is exhausted." : _stagnation.Seen(Ledger));

    private bool MayPrepare() =>
        Status == SweepStatus.Running && !_exhausted && SweepRules.BudgetUsed(Ledger, _around.Now) is null && SweepRules.MaySuggest(Ledger, _stagnation);

    /// <summary>Suggests ahead of demand, one trial after the other, until the rules ask to wait. One such task runs at a time.</summary>
    private Task Prepare() => _preparing.IsCompleted ? _preparing = PrepareAll() : _preparing;

    private async Task PrepareAll()
    {
        try
        {
            while (MayPrepare()) await PrepareOne();
            _searchFailures = 0;
        }
        catch (SweepUnavailableException)
        {
            // Logged where it happened; this activation is ending.
        }
        catch (Exception e)
        {
            // Whatever the search throws must end up in the log, not in a task that nobody awaits.
            LogSearchFailed(e, _id);
            if (e is InvalidInputException || ++_searchFailures >= SearchFailuresBorne) await GiveUp(e);
        }
    }

    private async Task PrepareOne()
    {
        var trial = new TrialId(Ledger.State.Trials.Count);
        using var span = TrialTraces.Suggest(_id, Ledger.State.Launched, trial);
        await Synchronise();
        var suggested = await Optimizer.Suggest(trial, 1);
        using (await _turn.Take())
        {
            if (!MayPrepare() || Ledger.State.Trials.Count != trial.Number) return;
            if (suggested.Count > 0)
            {
                await Append(suggested[0]);
            }
            else
            {
                _exhausted = true;
                await Settle();
            }
        }
    }

    private async Task GiveUp(Exception e)
    {
        using (await _turn.Take())
        {
            if (!Ledger.HasEnded) await End(SweepStatus.Failed, $"The search cannot go on: {e.Message}");
        }

        Announce();
    }

    /// <summary>Gives the optimizer what it has not seen; a fresh one asks for everything.</summary>
    private async Task Synchronise()
    {
        long target = Journal.Entries.Count;
        long position = await Optimizer.Observe([]);
        while (position < target)
            position = await Optimizer.Observe([.. Journal.Entries.Skip((int)position).Take(Batch)]);
    }
}
