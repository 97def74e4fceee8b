using Distributed.Contracts;

namespace Distributed.Client.Sessions;

/// <summary>The events of one watch, as long as the silo that it began on lives.</summary>
internal sealed class WatchedEvents(IAsyncEnumerable<SweepEvent> events) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<SweepEvent> _events = events.GetAsyncEnumerator();

    /// <summary>The event that came last.</summary>
    public SweepEvent Current => _events.Current;

    /// <summary>Whether it ended because its silo is gone.</summary>
    public bool WasLost { get; set; }

    /// <summary>Waits for the next.</summary>
    public async Task<bool> Next() => await _events.MoveNextAsync();

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _events.DisposeAsync();
        }
        catch (Exception error) when (WasLost && error is TimeoutException or OrleansException)
        {
            // Nobody is there to be told.
        }
    }
}
