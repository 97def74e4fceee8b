using Distributed.Silo.Executors;

namespace Distributed.Silo.Workers;

/// <summary>Finds an executor that hangs: one that shows no sign of life for a limit, and is not owed an answer.</summary>
/// <remarks>
/// It counts looks at which nothing had moved, not time that has passed: a silo that was itself stopped for an hour (a laptop that slept,
/// Ctrl-Z) has not looked, and kills nothing when it goes on. Found out at the latest one look after the limit.
/// </remarks>
internal sealed class StallWatch : IDisposable
{
    private static readonly TimeSpan LongestGlance = TimeSpan.FromSeconds(10);
    private const int LeastGlances = 6;
    private readonly Lock _looking = new();
    private readonly SignsOfLife _signs;
    private readonly TimeSpan _limit;
    private readonly TimeSpan _glance;
    private readonly Action<TimeSpan> _stalled;
    private readonly ITimer _timer;
    private long _seen;
    private TimeSpan _still;

    private StallWatch(SignsOfLife signs, TimeSpan limit, TimeProvider time, Action<TimeSpan> stalled)
    {
        (_signs, _limit, _glance, _stalled, _seen) = (signs, limit, Glance(limit), stalled, signs.Count);
        _timer = time.CreateTimer(_ => Look(), null, _glance, _glance);
    }

    /// <summary>How often is looked, and how often a pulse that moves has to be told of so that no look misses it: every 10 s, of short limits a sixth.</summary>
    public static TimeSpan Glance(TimeSpan limit) => limit == TimeSpan.Zero || limit / LeastGlances > LongestGlance ? LongestGlance : limit / LeastGlances;

    /// <summary>Watches until disposed.</summary>
    /// <param name="signs">What the executor shows.</param>
    /// <param name="limit">How long nothing may move; zero for ever, and then there is no watch.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stalled">Told once how long nothing moved.</param>
    public static StallWatch? Begin(SignsOfLife signs, TimeSpan limit, TimeProvider time, Action<TimeSpan> stalled) =>
        limit == TimeSpan.Zero ? null : new(signs, limit, time, stalled);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_looking)
        {
            long count = _signs.Count;
            _still = count != _seen || _signs.IsOwed ? TimeSpan.Zero : _still + _glance;
            _seen = count;
            if (_still < _limit) return;
            _timer.Dispose();
        }

        _stalled(_still);
    }
}
