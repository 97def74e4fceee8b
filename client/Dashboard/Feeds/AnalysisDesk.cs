using System.Collections.Concurrent;

namespace Distributed.Dashboard;

/// <summary>Analyses of sweeps, computed when somebody asks, one at a time, each once for the same trials.</summary>
public sealed class AnalysisDesk : IDisposable
{
    private readonly IDashboardSource _source;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentDictionary<SweepId, (int Closed, SweepAnalysis Analysis)> _known = new();

    /// <param name="source">Computes.</param>
    /// <param name="feeds">Tell when a sweep is replaced by another.</param>
    public AnalysisDesk(IDashboardSource source, SweepFeeds feeds)
    {
        _source = source;
        feeds.Replaced += sweep => _known.TryRemove(sweep, out _);
    }

    /// <summary>The last analysis of a sweep, and after how many closed trials it was made; null before the first.</summary>
    public (int Closed, SweepAnalysis Analysis)? Known(SweepId sweep) => _known.TryGetValue(sweep, out var known) ? known : null;

    /// <summary>Analyses a sweep as it is in a picture.</summary>
    /// <exception cref="InvalidInputException">The dense baseline is not measured yet.</exception>
    public async Task<SweepAnalysis> Of(SweepView view, CancellationToken cancellation)
    {
        if (view is not { Spec: { } spec, Profile: { } profile })
            throw new InvalidInputException(view.Name.Value, "its dense baseline is not measured yet", "Wait until the first trials are completed.");
        await _turn.WaitAsync(cancellation);
        try
        {
            int closed = view.Closed.Count;
            if (Known(view.Name) is { } known && known.Closed == closed) return known.Analysis;
            var analysis = await _source.Analyze(new(spec, profile, view.Trials, view.WarmStart), cancellation);
            _known[view.Name] = (closed, analysis);
            return analysis;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
