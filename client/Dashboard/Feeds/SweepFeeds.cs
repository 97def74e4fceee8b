namespace Distributed.Dashboard;

/// <summary>The feeds of this process: one watch for each sweep that somebody looks at, however many they are.</summary>
public sealed class SweepFeeds(IDashboardSource source, FeedOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SweepId, Entry> _entries = [];
    private long _looked;

    /// <summary>A feed that is kept as long as the returned handle is not disposed, and a while longer.</summary>
    public FeedHandle Open(SweepId sweep)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(sweep, out var entry)) _entries[sweep] = entry = Start(sweep);
            else if (entry.Feed.View.Connection is FeedConnection.Ended or FeedConnection.Stored) Look();
            entry.Viewers++;
            return new(entry.Feed, () => Close(entry));
        }
    }

    /// <summary>Another sweep has taken the name of one that was read: what is known of that is of no use. Raised on any thread.</summary>
    public event Action<SweepId>? Replaced;

    /// <summary>These sweeps there are: a watch of one that another has replaced since reads the other.</summary>
    public void Compare(IEnumerable<SweepSummary> sweeps)
    {
        List<SweepId> replaced;
        lock (_lock) replaced = [.. sweeps.Where(sweep => _entries.TryGetValue(sweep.Name, out var entry) && entry.Feed.IsReplaced(sweep.Launched)).Select(sweep => sweep.Name)];
        foreach (var sweep in replaced) Replaced?.Invoke(sweep);
    }

    /// <summary>How many watches there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <summary>Ends every watch.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Entry> entries;
        lock (_lock)
        {
            entries = [.. _entries.Values];
            _entries.Clear();
        }

        foreach (var entry in entries) await entry.Stop();
    }

    /// <summary>A sweep that is opened again after its end may be another one by now. Asked once for all that a page opens.</summary>
    private void Look()
    {
        if (_looked != 0 && time.GetElapsedTime(_looked) < options.Retry) return;
        _looked = time.GetTimestamp();
        _ = Task.Run(async () =>
        {
            try
            {
                Compare(await source.List(CancellationToken.None));
            }
            catch (Exception)
            {
                // Whatever it was: whoever lists the sweeps shows it, and the next page that is opened asks again.
            }
        });
    }

    private Entry Start(SweepId sweep)
    {
        SweepFeed feed = new(sweep, source, options, time);
        CancellationTokenSource stop = new();
        return new(feed, stop, Task.Run(() => feed.Follow(stop.Token)));
    }

    private void Close(Entry entry)
    {
        lock (_lock)
        {
            if (--entry.Viewers > 0) return;
        }

        _ = Forget(entry);
    }

    private async Task Forget(Entry entry)
    {
        await Task.Delay(options.Linger, time);
        lock (_lock)
        {
            if (entry.Viewers > 0 || !_entries.TryGetValue(entry.Feed.Name, out var known) || known != entry) return;
            _entries.Remove(entry.Feed.Name);
        }

        await entry.Stop();
    }

    private sealed class Entry(SweepFeed feed, CancellationTokenSource stop, Task following)
    {
        public SweepFeed Feed => feed;

        public int Viewers { get; set; }

        public async Task Stop()
        {
            await stop.CancelAsync();
            await following;
            stop.Dispose();
        }
    }
}

/// <summary>Somebody looks at a sweep.</summary>
public sealed class FeedHandle : IDisposable
{
    private Action? _close;

    internal FeedHandle(SweepFeed feed, Action close) => (Feed, _close) = (feed, close);

    /// <summary>What they look at.</summary>
    public SweepFeed Feed { get; }

    /// <summary>They look away. May be repeated.</summary>
    public void Dispose() => Interlocked.Exchange(ref _close, null)?.Invoke();
}
