using Distributed.Contracts;

namespace Distributed.Grains;

internal sealed partial class SweepGrain
{
    private const int Batch = 500;
    private const int SuggestionsAtOnce = 64;
    private const int SearchFailuresBorne = 3;
    private Task _preparing = Task.CompletedTask;
    private TaskCompletionSource _suggestedSome = NewSignal();
    private bool _exhausted;
    private int _searchFailures;
    private long _told;

    private IOptimizerGrain Optimizer => GrainFactory.GetGrain<IOptimizerGrain>(_id.Value);

    /// <summary>Looks after what only time changes: silent leases, the budget of time.</summary>
    private Task Tick(CancellationToken cancellation)
    {
        if (_unusable is not null)
        {
            // What was refused may be allowed by now, what was damaged repaired, whoever held the log gone: the next call opens it anew.
            if (_around.Clock.Time.GetElapsedTime(_opening) > (_isDamaged ? _around.Options.Damaged : _around.Options.Refused)) DeactivateOnIdle();
            return Task.CompletedTask;
        }

        if (Journal.Broken is not null || !Journal.Exists) return Task.CompletedTask;
        _live?.Heard(_leases.LeastRenewed);
        if (_unannounced && _announce is null)
        {
            // The catalogue may not know what became of the sweep.
            _unannounced = false;
            _ = TryCommit();
        }

        if (Ledger.HasEnded) return Task.CompletedTask;
        CloseExpired();
        Settle();
        _ = Prepare();
        return Task.CompletedTask;
    }

    /// <summary>Ends the sweep when it is over or hopeless.</summary>
    private void Settle()
    {
        if (Ledger.HasEnded) return;
        if (SweepRules.Hopeless(Ledger) is { } hopeless) End(SweepStatus.Failed, hopeless);
        else if (Status == SweepStatus.Running && Ledger.RunningCount == 0 && Over() is { } over) End(SweepStatus.Finished, over);
    }

    private string? Over() =>
        SweepRules.BudgetUsed(Ledger, Running())
        ?? (Ledger.WaitingCount > 0 ? null : _exhausted ? Exhausted : _stagnation.Seen(Ledger));

    private string Exhausted => Ledger.Spec.Constraints.Count > 0 ? "The space is exhausted: it holds no more candidates that may keep the constraints." : "The space is exhausted.";

    private int MayPrepare() => Status != SweepStatus.Running || _exhausted || SweepRules.BudgetUsed(Ledger, Running()) is not null
        ? 0
        : Math.Min(SuggestionsAtOnce, SweepRules.MaySuggest(Ledger, _stagnation));

    /// <summary>Suggests ahead of demand, until the rules ask to wait. One such task runs at a time.</summary>
    private Task Prepare() => _preparing.IsCompleted ? _preparing = PrepareAll() : _preparing;

    private async Task PrepareAll()
    {
        try
        {
            while (MayPrepare() is > 0 and int count) await PrepareSome(count);
            _searchFailures = 0;
        }
        catch (SweepUnavailableException)
        {
            // Logged where it happened; this activation is ending.
        }
        catch (Exception) when (_leaving.IsCancellationRequested)
        {
            // The activation ends, and the optimizer perhaps with it: the next one asks for the same suggestion and gets the same answer.
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            // The optimizer's silo ended or does not answer, which says nothing of the search: asked at each tick until one answers.
            LogOptimizerAway(_id, e.Message);
        }
        catch (Exception e)
        {
            // Whatever the search throws must end up in the log, not in a task that nobody awaits.
            LogSearchFailed(e, _id);
            if (e is InvalidInputException || ++_searchFailures >= SearchFailuresBorne) await GiveUp(e);
        }
    }

    /// <summary>
    /// The optimizer sees what is durable only. With a horizon it makes no difference what was decided while it thought, so several trials are
    /// suggested at once, and each rests on everything before it in the log; without one a single trial is, on what had been seen.
    /// </summary>
    private async Task PrepareSome(int count)
    {
        await Journal.Durable;
        var first = new TrialId(Ledger.State.Trials.Count);
        using var span = TrialTraces.Suggest(_id, Ledger.State, first);
        await Synchronise();
        var suggested = await Optimizer.Suggest(first, count);
        if (MayPrepare() == 0 || Ledger.State.Trials.Count != first.Number) return;
        bool rests = Ledger.Spec.Sampler.Horizon > 0;
        long next = Journal.Next;
        Journal.Append([.. suggested.Select((one, i) => rests ? one with { Basis = next + i } : one)]);
        if (suggested.Count > 0)
        {
            var slots = _suggestedSome;
            _suggestedSome = NewSignal();
            slots.SetResult();
            return;
        }

        _exhausted = true;
        Settle();
        await Commit();
    }

    private async Task GiveUp(Exception e)
    {
        try
        {
            if (!Ledger.HasEnded) End(SweepStatus.Failed, $"The search cannot go on: {e.Message}");
            await Commit();
        }
        catch (SweepUnavailableException)
        {
            // Logged where it happened; this activation is ending.
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gives the optimizer what it has not seen; a fresh one asks for everything.</summary>
    private async Task Synchronise()
    {
        long target = Journal.Entries.Count;
        do
        {
            var page = Page(_told, Batch);
            _told = await Optimizer.Observe(page);
        }
        while (_told < target);
    }
}
