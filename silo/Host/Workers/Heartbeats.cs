using System.Collections.Concurrent;
using System.Diagnostics;
using Distributed.Contracts;
using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Workers;

/// <summary>Tells every sweep that its attempts on this silo are alive, in one call for all of them, and passes the answers on.</summary>
internal sealed partial class Heartbeats(SweepCalls calls, WorkerOptions options, TimeProvider time, ILogger<Heartbeats> logger) : IDisposable
{
    private readonly ConcurrentDictionary<Attempt, bool> _attempts = new();
    private static readonly TimeSpan LongestCatchingUp = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _soon = new(0, 1);

    /// <summary>The attempts that run.</summary>
    public IEnumerable<Attempt> Attempts => _attempts.Keys;

    /// <summary>An attempt begins.</summary>
    public void Add(Attempt attempt) => _attempts[attempt] = true;

    /// <summary>An attempt has ended.</summary>
    public void Remove(Attempt attempt) => _attempts.TryRemove(attempt, out _);

    /// <summary>Something is worth telling before the next beat is due.</summary>
    public void Hurry()
    {
        try
        {
            _soon.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has said so already.
        }
    }

    /// <summary>Tells of the phases of an attempt that its sweep does not know of, before it is told of what came after them.</summary>
    public async Task CatchUp(Attempt attempt)
    {
        if (!attempt.HasUntoldPhases) return;
        // Like the heartbeats of the loop it belongs to no trace, though the attempt has one. What is set here ends with this method.
        Activity.Current = null;
        // What comes after them matters more: it is told, and told again, whether or not this was answered.
        await Task.WhenAny(Beat(attempt.Assignment.Spec.Name, [attempt]), Task.Delay(LongestCatchingUp, time));
    }

    /// <summary>Beats until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.QuickBeat, time, cancellation);
                await _soon.WaitAsync(options.Beat - options.QuickBeat, cancellation);
                await Task.WhenAll(_attempts.Keys.GroupBy(attempt => attempt.Assignment.Spec.Name).Select(group => Beat(group.Key, [.. group])));
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The worker has nothing more to tell.
        }
    }

    public void Dispose() => _soon.Dispose();

    private async Task Beat(SweepId sweep, IReadOnlyList<Attempt> attempts)
    {
        try
        {
            Heartbeat[] beats = [.. attempts.Select(attempt => attempt.Beat())];
            var answers = await calls.Heartbeat(sweep, beats);
            for (int i = 0; i < attempts.Count; i++) await attempts[i].Obey(beats[i], answers[i]);
        }
        catch (Exception e)
        {
            // Whatever it was: attempts compute on, those of other sweeps are told of, and the next beat asks again.
            LogMissed(e, sweep, attempts.Count);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Sweep {Sweep} did not answer the heartbeat of {Attempts} attempts")]
    private partial void LogMissed(Exception exception, SweepId sweep, int attempts);
}
