namespace Distributed.Dashboard;

/// <summary>One watch of one sweep, shared by everyone who looks at it.</summary>
/// <remarks>
/// Pictures come at most once in <see cref="FeedOptions.Throttle"/>, the last one always. After a loss it goes on at the position reached; of
/// another sweep that took the name (run --fresh) it reads the log from its beginning.
/// </remarks>
public sealed class SweepFeed
{
    /// <summary>A silo lists when it decided to launch, the log says when that was written.</summary>
    private static readonly TimeSpan SameLaunch = TimeSpan.FromSeconds(5);

    private readonly IDashboardSource _source;
    private readonly FeedOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SweepFold _fold;
    private volatile SweepView _view;
    private CancellationTokenSource? _watch;
    private DateTimeOffset _lookedFor;
    private FeedConnection _connection = FeedConnection.Connecting;
    private string _trouble = "";
    private long _shown;
    private bool _whole;
    private bool _stale;
    private bool _scheduled;

    internal SweepFeed(SweepId name, IDashboardSource source, FeedOptions options, TimeProvider time)
    {
        (Name, _source, _options, _time) = (name, source, options, time);
        _fold = new(name);
        _view = Picture();
    }

    /// <summary>Whose.</summary>
    public SweepId Name { get; }

    /// <summary>The newest picture.</summary>
    public SweepView View => _view;

    /// <summary>Ends when the log was read to its end once, or nothing could be read.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>There is a new picture. Raised on any thread; handlers return at once.</summary>
    public event Action? Changed;

    /// <summary>Follows the sweep, and whatever sweep takes its name, until this is cancelled.</summary>
    internal async Task Follow(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            lock (_lock) _watch = watch;
            try
            {
                while (!await Watch(watch.Token)) await Task.Delay(_options.Retry, _time, watch.Token);
                await Task.Delay(Timeout.InfiniteTimeSpan, _time, watch.Token);
            }
            catch (OperationCanceledException) when (watch.IsCancellationRequested)
            {
                // Nobody looks any more, or there is another log to read.
            }
            finally
            {
                lock (_lock) _watch = null;
            }

            if (!cancellation.IsCancellationRequested) BeginAnew();
        }

        _loaded.TrySetResult();
    }

    /// <summary>The sweep of this name is told to have been launched then: one that is read as launched at another time was removed since.</summary>
    /// <returns>Whether it was; then the log is read anew.</returns>
    internal bool IsReplaced(DateTimeOffset launched)
    {
        lock (_lock)
        {
            if (_watch is null || _view.Launched == default || (_view.Launched - launched).Duration() <= SameLaunch || launched == _lookedFor) return false;
            // Once for each launch that is listed: a store that took longer to write it is no reason to read for ever.
            _lookedFor = launched;
            _ = _watch.CancelAsync();
            return true;
        }
    }

    private void BeginAnew()
    {
        lock (_lock) (_fold, _connection, _trouble, _shown, _whole) = (new(Name), FeedConnection.Connecting, "", 0, false);
        Publish();
    }

    /// <returns>True when nothing will change any more.</returns>
    private async Task<bool> Watch(CancellationToken cancellation)
    {
        try
        {
            await foreach (var happened in _source.Watch(Name, _fold.Next, cancellation)) Take(happened);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            // Whatever it was: the page shows it, keeps what is known, and asks again.
            Be(FeedConnection.Gone, error.Message);
            return false;
        }

        if (!_fold.IsKnown) Be(FeedConnection.Unknown, "");
        else if (_fold.HasEnded) Be(FeedConnection.Ended, "");
        else Be(FeedConnection.Stored, $"No silo runs on {_source.Place}: this is the sweep as it was left. 'sweep resume {Name}' goes on with it.");
        return _fold is { IsKnown: true, HasEnded: true };
    }

    private void Take(SweepEvent happened)
    {
        bool news;
        lock (_lock)
        {
            news = _fold.Apply(happened, _time.GetUtcNow());
            if (_connection is FeedConnection.Gone or FeedConnection.Stored or FeedConnection.Unknown) (_connection, _trouble, news) = (FeedConnection.Connecting, "", true);
            if (!news && _connection == FeedConnection.Live) return;
        }

        // Reports of running trials and signs of life come only after the log: everything recorded is known by then.
        if (happened is not SweepEvent.Logged && _fold is { IsKnown: true, HasEnded: false } && _connection == FeedConnection.Connecting) Be(FeedConnection.Live, "");
        else Schedule(news);
    }

    private void Be(FeedConnection connection, string trouble)
    {
        lock (_lock) (_connection, _trouble, _whole) = (connection, trouble, true);
        Publish();
        _loaded.TrySetResult();
    }

    /// <summary>Sees that what is new is shown when the throttle allows it.</summary>
    private void Schedule(bool news)
    {
        lock (_lock)
        {
            _stale |= news;
            if (_scheduled) return;
            _scheduled = true;
        }

        _ = Later();
    }

    private async Task Later()
    {
        await Task.Delay(_options.Throttle, _time);
        bool stale, readToTheEnd;
        lock (_lock)
        {
            (stale, _scheduled) = (_stale, false);
            readToTheEnd = _connection == FeedConnection.Connecting && _source.IsLive && _fold is { IsKnown: true, HasEnded: false } && _fold.Next == _shown;
            _shown = _fold.Next;
        }

        if (readToTheEnd) Be(FeedConnection.Live, "");
        else if (stale) Publish();
        if (_connection == FeedConnection.Connecting) Schedule(news: false);
    }

    private void Publish()
    {
        lock (_lock)
        {
            _stale = false;
            _view = Picture();
        }

        Changed?.Invoke();
    }

    private SweepView Picture() => _fold.View(_connection, _trouble) with { IsWhole = _whole };
}
