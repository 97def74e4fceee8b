namespace Distributed.Silo.Executors;

/// <summary>Tells the worker now and then that this process's <see cref="Pulse"/> moved, and says nothing while it stands.</summary>
/// <remarks>A timer of the thread pool does so: an attempt that hangs has a thread of its own and holds none of the pool's.</remarks>
internal sealed class PulseReport : IDisposable
{
    private readonly Lock _looking = new();
    private readonly Action _moved;
    private readonly ITimer _timer;
    private long _told = Pulse.Beats;

    /// <param name="moved">Tells the worker; what the closed pipe of a worker that is gone throws is no concern of the timer's.</param>
    /// <param name="every">The time between two looks.</param>
    /// <param name="time">The clock.</param>
    public PulseReport(Action moved, TimeSpan every, TimeProvider time)
    {
        _moved = moved;
        _timer = time.CreateTimer(_ => Look(), null, every, every);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_looking)
        {
            long beats = Pulse.Beats;
            if (beats == _told) return;
            _told = beats;
            try
            {
                _moved();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The worker is gone, and the thread that listens to it ends the process.
            }
        }
    }
}
