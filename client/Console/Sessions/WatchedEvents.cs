using Distributed.Contracts;

namespace Distributed.Client.Sessions;

/// <summary>The events of one watch, as long as the silo that it began on lives.</summary>
/// <param name="begin">Begins the watch, with the first call of <see cref="Next"/>.</param>
/// <param name="gone">Cancelled when that silo is known to be gone: nothing is waited for any more.</param>
internal sealed class WatchedEvents(Func<IAsyncEnumerable<SweepEvent>> begin, CancellationToken gone) : IAsyncDisposable
{
    private IAsyncEnumerator<SweepEvent>? _events;

    /// <summary>The event that came last.</summary>
    public SweepEvent Current => _events!.Current;

    /// <summary>Whether it ended because its silo is gone.</summary>
    public bool WasLost { get; set; }

    /// <summary>Waits for the next.</summary>
    public async Task<bool> Next() => await (_events ??= begin().GetAsyncEnumerator()).MoveNextAsync().AsTask().WaitAsync(gone);

    public async ValueTask DisposeAsync()
    {
        if (_events is null) return;
        var told = _events.DisposeAsync().AsTask();

        // Whoever watched a silo that is gone learns of that at once, and not when the time for its answer is over.
        await told.WaitAsync(gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (gone.IsCancellationRequested) return;
        try
        {
            await told;
        }
        catch (Exception error) when (WasLost && error is TimeoutException or OrleansException)
        {
            // Nobody is there to be told.
        }
    }
}
