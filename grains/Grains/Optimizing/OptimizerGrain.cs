using Distributed.Contracts;
using Orleans.Concurrency;

namespace Distributed.Grains;

/// <summary>Proposes candidates for one sweep.</summary>
/// <remarks>
/// Calls interleave. The mathematics runs on the thread pool, never on the activation's turn, and suggestions (the long part) one at a
/// time. Each is given what the state was when it was asked for; the suggestion of a trial is kept, so that asking again costs nothing.
/// </remarks>
[KeepAlive, Reentrant, OnControlSilos]
internal sealed class OptimizerGrain(ISweepSearch search) : Grain, IOptimizerGrain, IDisposable
{
    /// <summary>What is found is handed over after so long, although more was asked for: a slot may wait for it.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(20);
    private readonly SemaphoreSlim _machine = new(1, 1);
    private readonly Dictionary<TrialId, Task<SweepRecord.Suggested?>> _suggested = [];
    private readonly ClosedTrials _closed = new();
    private readonly SweepState _state = new();

    public Task<long> Observe(IReadOnlyList<LogEntry> entries)
    {
        foreach (var entry in entries.Where(entry => entry.Position >= _state.Next))
        {
            if (entry.Position > _state.Next) break;
            _state.Apply(entry);
            if (entry.Record is SweepRecord.Suggested suggested) _suggested.Remove(suggested.Trial);
        }

        _closed.Take(_state);
        return Task.FromResult(_state.Next);
    }

    public async Task<IReadOnlyList<SweepRecord.Suggested>> Suggest(TrialId first, int count)
    {
        List<SweepRecord.Suggested> suggestions = [];
        long begun = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < count && (i == 0 || TimeProvider.System.GetElapsedTime(begun) < Enough); i++)
        {
            var trial = new TrialId(first.Number + i);
            if (trial.Number > _state.Trials.Count + suggestions.Count) throw Behind();
            if (await Suggestion(trial, suggestions) is not { } suggestion) break;
            suggestions.Add(suggestion);
        }

        return suggestions;
    }

    public Task<SweepRecord.FrontChanged> Front() =>
        Task.FromResult<SweepRecord.FrontChanged>(new(_state.Front, _state.Hypervolume));

    public async Task<string?> AtRung(TrialId trial, RungReport report)
    {
        if (trial.Number >= _state.Trials.Count || _state.Profile is null) throw Behind();
        var state = _state.Trials[trial.Number];
        if (!_state.Spec!.EarlyStopping.Enabled || state.Candidate is null) return null;
        var moment = SearchMoment.For(_state, trial, _closed);
        return await Task.Run(() => search.AtRung(moment, state, report));
    }

    public void Dispose() => _machine.Dispose();

    private Task<SweepRecord.Suggested?> Suggestion(TrialId trial, IReadOnlyList<SweepRecord.Suggested> ahead)
    {
        if (_suggested.TryGetValue(trial, out var known) && !known.IsFaulted && !known.IsCanceled) return known;
        if (_state.Profile is null) throw Behind();
        var moment = SearchMoment.For(_state, trial, _closed);
        moment = moment with
        {
            Pending = [.. moment.Pending, .. ahead
                .Where(suggested => suggested.Trial.Number >= _state.Trials.Count)
                .Select(suggested => new TrialState { Id = suggested.Trial, Candidate = suggested.Candidate, Reason = suggested.Reason })],
        };
        long basis = _state.Next;
        return _suggested[trial] = Compute(() => Timed(() => search.Suggest(moment)) is { } suggestion ? suggestion with { Basis = basis } : null);
    }

    private static T Timed<T>(Func<T> work)
    {
        long begun = TimeProvider.System.GetTimestamp();
        var result = work();
        SweepTelemetry.SuggestionDuration.Record(TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
        return result;
    }

    private async Task<T> Compute<T>(Func<T> work)
    {
        await _machine.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            _machine.Release();
        }
    }

    private SweepUnavailableException Behind() =>
        new(new(this.GetPrimaryKeyString()), "The optimizer has not seen all of it yet.");
}
