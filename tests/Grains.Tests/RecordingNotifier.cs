using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Distributed.Grains.Tests;

/// <summary>A webhook in this process.</summary>
public sealed class RecordingNotifier : INotifier
{
    private readonly ConcurrentQueue<Notification> _taken = new();
    private readonly ConcurrentDictionary<SweepId, Channel<Notification>> _seen = new();

    /// <summary>Whether it takes nothing.</summary>
    public bool Refuses { get; set; }

    /// <summary>Whether it never answers.</summary>
    public bool Hangs { get; set; }

    public IReadOnlyList<Notification> Taken(SweepId sweep) => [.. _taken.Where(one => one.Sweep == sweep)];

    /// <summary>The next that was sent, taken or not.</summary>
    public async Task<Notification> Next(SweepId sweep) => await Of(sweep).Reader.ReadAsync(TestContext.Current.CancellationToken);

    public async Task<bool> Deliver(NotifySpec to, Notification notification, CancellationToken cancellation)
    {
        if (Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        if (!Refuses) _taken.Enqueue(notification);
        await Of(notification.Sweep).Writer.WriteAsync(notification, cancellation);
        return !Refuses;
    }

    private Channel<Notification> Of(SweepId sweep) => _seen.GetOrAdd(sweep, _ => Channel.CreateUnbounded<Notification>());
}
