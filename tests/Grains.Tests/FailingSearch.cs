using System.Collections.Concurrent;

namespace Distributed.Grains.Tests;

/// <summary>The real search, which throws for sweeps that tests name.</summary>
public sealed class FailingSearch : ISweepSearch
{
    private readonly SweepSearch _search = new();
    private readonly ConcurrentDictionary<SweepId, ConcurrentQueue<Exception>> _failures = new();

    /// <summary>The next suggestions of a sweep throw these.</summary>
    public void Fail(SweepId sweep, IEnumerable<Exception> errors) => _failures[sweep] = new(errors);

    /// <summary>How many errors a sweep has not met yet.</summary>
    public int Left(SweepId sweep) => _failures.TryGetValue(sweep, out var left) ? left.Count : 0;

    SweepRecord.Suggested? ISweepSearch.Suggest(SearchMoment moment) =>
        _failures.TryGetValue(moment.Spec.Name, out var left) && left.TryDequeue(out var error) ? throw error : _search.Suggest(moment);

    string? ISweepSearch.AtRung(SearchMoment moment, TrialState trial, RungReport report) => _search.AtRung(moment, trial, report);
}
