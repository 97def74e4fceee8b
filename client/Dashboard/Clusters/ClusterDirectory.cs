namespace Distributed.Dashboard;

/// <summary>How the cluster is: one question every few seconds for all who look, none a while after nobody does. Watches the running sweeps meanwhile.</summary>
public sealed class ClusterDirectory(IDashboardSource source, SweepFeeds feeds, FeedOptions options, TimeProvider time) : IDisposable
{
    private const int MostSweeps = 16;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private readonly SampleHistory _samples = new();
    private readonly Dictionary<SweepId, FeedHandle> _sweeps = [];
    private volatile ClusterPicture _picture = new();
    private DateTimeOffset _left;
    private int _viewers;
    private bool _isAsking;

    /// <summary>The newest picture.</summary>
    public ClusterPicture Picture => _picture;

    /// <summary>There is a new picture. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>Keeps asking until the handle is disposed, and a while longer.</summary>
    public IDisposable Watch()
    {
        lock (_lock)
        {
            _viewers++;
            if (!_isAsking)
            {
                _isAsking = true;
                _ = Ask(_end.Token);
            }
        }

        return new Viewer(this);
    }

    /// <summary>Asks now.</summary>
    private async Task Refresh(CancellationToken cancellation)
    {
        try
        {
            var silos = await source.Silos(cancellation);
            Follow(await source.List(cancellation));
            _picture = Picture with { Silos = silos, Heard = time.GetUtcNow(), Trouble = "" };
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            // Whatever it was: the page shows it, keeps what is known, and asks again.
            _picture = Picture with { Trouble = error.Message };
        }

        var views = _sweeps.Values.Select(handle => handle.Feed.View).Where(view => view.Spec is not null).ToList();
        _picture = Picture with { Queue = [.. views.OrderBy(view => view.Name.Value, StringComparer.Ordinal).Select(QueueOf)], Reports = ReportsOf(views) };
        if (Picture is { Silos.Count: > 0, Trouble: "" } now) _samples.Add(new(now.Heard, now.Slots.Count(), now.Slots.Count(slot => slot.Work is not null), now.ImagesPerSecond));
        _picture = Picture with { Samples = _samples.Snapshot() };
        Changed?.Invoke();
    }

    /// <summary>Asks no more.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task Ask(CancellationToken cancellation)
    {
        try
        {
            while (IsWanted())
            {
                await Refresh(cancellation);
                await Task.Delay(options.Retry, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The dashboard ends.
        }
        finally
        {
            Follow([]);
        }
    }

    private bool IsWanted()
    {
        lock (_lock) return _isAsking = _viewers > 0 || time.GetUtcNow() - _left < options.Linger;
    }

    private void Follow(IReadOnlyList<SweepSummary> sweeps)
    {
        var running = sweeps.Where(sweep => sweep.Status == SweepStatus.Running).OrderByDescending(sweep => sweep.Launched).Take(MostSweeps).Select(sweep => sweep.Name).ToHashSet();
        foreach (var gone in _sweeps.Keys.Where(name => !running.Contains(name)).ToList())
        {
            _sweeps.Remove(gone, out var handle);
            handle!.Dispose();
        }

        foreach (var name in running.Where(name => !_sweeps.ContainsKey(name))) _sweeps[name] = feeds.Open(name);
    }

    private static SweepQueue QueueOf(SweepView view) => new(
        view.Name, view.Trials.Count(trial => trial.Status == TrialStatus.Waiting), view.Trials.Count(trial => trial.Status == TrialStatus.Running),
        view.Trials.Count(trial => trial is { IsClosed: true, Id.IsDense: false }), view.Spec?.Budget.Trials);

    private static Dictionary<(SweepId, TrialId), TrialProgress> ReportsOf(IEnumerable<SweepView> views) =>
        views.SelectMany(view => view.Running.Select(pair => ((view.Name, pair.Key), pair.Value.Last))).ToDictionary(pair => pair.Item1, pair => pair.Last);

    private void Leave()
    {
        lock (_lock)
        {
            _viewers--;
            _left = time.GetUtcNow();
        }
    }

    private sealed class Viewer(ClusterDirectory directory) : IDisposable
    {
        private ClusterDirectory? _directory = directory;

        public void Dispose() => Interlocked.Exchange(ref _directory, null)?.Leave();
    }
}
