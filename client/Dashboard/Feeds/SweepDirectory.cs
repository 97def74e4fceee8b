namespace Distributed.Dashboard;

/// <summary>Which sweeps there are: one question every few seconds for all who look, none when nobody does.</summary>
public sealed class SweepDirectory(IDashboardSource source, SweepFeeds feeds, FeedOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _asking;
    private int _viewers;
    private bool _live;

    /// <summary>The sweeps as last told, the newest first; null before the first answer.</summary>
    public IReadOnlyList<SweepSummary>? Sweeps { get; private set; }

    /// <summary>Why there is no answer now; empty when there is one.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>Something changed. Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>Keeps asking until the handle is disposed.</summary>
    public IDisposable Watch()
    {
        lock (_lock)
        {
            if (_viewers++ == 0)
            {
                _asking = new();
                _ = Ask(_asking.Token);
            }
        }

        return new Viewer(this);
    }

    /// <summary>Asks now, as after a launch.</summary>
    public async Task Refresh(CancellationToken cancellation)
    {
        try
        {
            var sweeps = await source.List(cancellation);
            feeds.Compare(sweeps);
            if (_live && !source.IsLive) Lose($"The silo on {source.Place} is gone.");
            else (Sweeps, Trouble, _live) = ([.. sweeps.OrderByDescending(sweep => sweep.Launched)], "", source.IsLive);
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            // Whatever it was: the page shows it, keeps what is known, and asks again.
            Lose(error.Message);
        }

        Changed?.Invoke();
    }

    /// <summary>Asks no more.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _asking?.Cancel();
            _asking?.Dispose();
            _asking = null;
        }
    }

    private async Task Ask(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Refresh(cancellation);
                await Task.Delay(options.Retry, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    /// <summary>Told once, also where another page has noticed first and this one is answered from the store's files already.</summary>
    private void Lose(string trouble) => (Trouble, _live) = (trouble, false);

    private void Leave()
    {
        lock (_lock)
        {
            if (--_viewers > 0) return;
            _asking?.Cancel();
            _asking?.Dispose();
            _asking = null;
        }
    }

    private sealed class Viewer(SweepDirectory directory) : IDisposable
    {
        private SweepDirectory? _directory = directory;

        public void Dispose() => Interlocked.Exchange(ref _directory, null)?.Leave();
    }
}
