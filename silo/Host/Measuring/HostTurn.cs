using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Measuring;

/// <summary>One exclusive measurement at a time on a physical host, across the silos that share it.</summary>
/// <remarks>
/// Two files in a folder that those silos share, locked by the operating system, which lets go of a lock with its process, however that ends.
/// Who wants to measure first locks "measuring" for itself: that is its turn, and tells all others to stand still. Every silo holds
/// "computing" together with the others and lets go of it while its attempts stand still; who has the turn measures once it has "computing"
/// for itself. A silo that hangs while it computes would hold all others up: after <see cref="Limit"/> the measurement is taken all the same,
/// and says by its own reference whether the host was quiet. Inside a silo the <see cref="MeasuringGate"/> decides who asks for the turn.
/// </remarks>
internal sealed partial class HostTurn(string folder, TimeProvider time, ILogger<HostTurn> logger) : IDisposable
{
    /// <summary>How long a silo that does not stand still is waited for.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private readonly Lock _lock = new();
    private readonly HostLock _measuring = new(folder, "measuring.lock");
    private readonly HostLock _computing = new(folder, "computing.lock");
    private object? _holder;
    private CancellationTokenSource? _waiting;

    /// <summary>Whether another silo has, or asked for, the turn.</summary>
    public bool IsOthers
    {
        get
        {
            lock (_lock) return _holder is null && _measuring.IsTakenByOther;
        }
    }

    /// <summary>The silo begins: its attempts may compute.</summary>
    public void Compute() => Together();

    /// <summary>The attempts of this silo stand still for another's measurement, until it is over.</summary>
    public async Task StandAside(CancellationToken cancellation)
    {
        _computing.Free();
        while (IsOthers) await Task.Delay(Glance, time, cancellation);
        Together();
    }

    /// <summary>Waits for the turn, and for all others on the host to stand still. The attempts of this silo do so already.</summary>
    /// <param name="holder">Who is to have it; one at a time.</param>
    /// <exception cref="OperationCanceledException">The holder gave it up in the meantime.</exception>
    public async Task Take(object holder)
    {
        CancellationTokenSource waiting = new();
        lock (_lock) (_holder, _waiting) = (holder, waiting);
        _computing.Free();
        while (!_measuring.TryTakeAlone()) await Task.Delay(Glance, time, waiting.Token);
        long begun = time.GetTimestamp();
        while (!_computing.TryTakeAlone())
        {
            if (time.GetElapsedTime(begun) > Limit)
            {
                LogNotStill(Limit.TotalSeconds);
                return;
            }

            await Task.Delay(Glance, time, waiting.Token);
        }
    }

    /// <summary>Gives the turn, or the place in the queue for it, back; nothing happens to another's.</summary>
    public void Give(object holder)
    {
        lock (_lock)
        {
            if (_holder != holder) return;
            _waiting!.Cancel();
            (_holder, _waiting) = (null, null);
            // In this order nobody can measure before this silo computes with the others again, and is thereby asked to stand still.
            Together();
            _measuring.Free();
        }
    }

    public void Dispose()
    {
        _measuring.Dispose();
        _computing.Dispose();
        _waiting?.Dispose();
    }

    private void Together()
    {
        _computing.Free();
        if (!_computing.TryTakeTogether()) LogBeside();
    }

    [LoggerMessage(LogLevel.Warning, "A silo on this host did not stand still within {Seconds} s; the measurement is taken beside it")]
    private partial void LogNotStill(double seconds);

    [LoggerMessage(LogLevel.Information, "Attempts go on while another silo on this host may be measuring")]
    private partial void LogBeside();
}
