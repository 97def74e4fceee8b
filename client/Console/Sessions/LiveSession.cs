using System.Runtime.CompilerServices;
using Distributed.Client.Telemetry;
using Distributed.Contracts;

namespace Distributed.Client.Sessions;

/// <summary>Speaks to a running silo, or to a cluster.</summary>
/// <param name="connection">The connection; closed with the session.</param>
/// <param name="artifacts">The store's files.</param>
/// <param name="silo">The silo's process when it is ours, stopped with the session; else null.</param>
/// <param name="cluster">The clock by which a cluster is asked again while a control silo takes over from another; null for a single silo.</param>
/// <param name="recorded">The logs where they lie on this machine; null where only the silo has them.</param>
internal sealed class LiveSession(SiloConnection connection, IArtifactStore artifacts, SiloProcess? silo, TimeProvider? cluster = null, RecordedLog? recorded = null) : ISweepSession
{
    private const int EntriesPerRead = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(500);

    public bool IsLive => true;

    public IArtifactStore Artifacts => artifacts;

    public IGrainFactory Grains => connection.Grains;

    public Task<IReadOnlyList<SweepSummary>> List(CancellationToken cancellation) =>
        Call(grains => grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key).List(), cancellation);

    public async Task<SweepPicture?> Load(SweepId sweep, CancellationToken cancellation)
    {
        SweepPicture picture = new();
        while (true)
        {
            long from = picture.State.Next;
            var entries = await Call(grains => Grain(grains, sweep).Read(from, EntriesPerRead), cancellation);
            foreach (var entry in entries) picture.Apply(entry);
            if (entries.Count == 0) return picture.State.Spec is null ? null : picture;
        }
    }

    public Task<IReadOnlyList<SiloView>> Silos(CancellationToken cancellation) =>
        Call(grains => grains.GetGrain<IClusterGrain>(IClusterGrain.Key).Silos(), cancellation);

    public async IAsyncEnumerable<SweepEvent> Watch(SweepId sweep, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long next = from;
        foreach (var entry in await Recorded(sweep, from, cancellation))
        {
            next = entry.Position + 1;
            yield return new SweepEvent.Logged(entry);
        }

        // Whoever follows knows that this was all, and need not wait for what comes next.
        if (next > from) yield return new SweepEvent.Idle(next);
        long heard = cluster?.GetTimestamp() ?? 0;
        while (true)
        {
            using var there = WhileThere(cancellation);
            WatchedEvents events = new(() => Grain(connection.Grains, sweep).Watch(next, there.Token), Gone);
            await using (events)
            {
                while (await Next(events, heard, cancellation))
                {
                    heard = cluster?.GetTimestamp() ?? 0;
                    if (events.Current is SweepEvent.Logged { Entry.Position: var position }) next = position + 1;
                    yield return events.Current;
                }
            }

            if (!events.WasLost) yield break;
            await Task.Delay(Breath, cluster!, cancellation);
        }
    }

    public Task Launch(SweepSpec spec, CancellationToken cancellation) =>
        ClientTelemetry.Launching(spec.Name, () => Call(grains => Grain(grains, spec.Name).Launch(spec), cancellation));

    public Task Pause(SweepId sweep, string reason, CancellationToken cancellation) =>
        Call(grains => Grain(grains, sweep).Pause(reason), cancellation);

    public Task Resume(SweepId sweep, CancellationToken cancellation) => Call(grains => Grain(grains, sweep).Resume(), cancellation);

    public Task SetShare(SweepId sweep, double? weight, int? priority, CancellationToken cancellation) =>
        Call(grains => Grain(grains, sweep).SetShare(weight, priority), cancellation);

    public Task Cancel(SweepId sweep, string reason, CancellationToken cancellation) =>
        Call(grains => Grain(grains, sweep).Cancel(reason), cancellation);

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        if (silo is not null) await silo.DisposeAsync();
    }

    /// <summary>Cancelled when the silo is known to be gone. A process of ours tells that by itself, with its last words.</summary>
    private CancellationToken Gone => silo?.Gone ?? connection.Lost;

    private static ISweepGrain Grain(IGrainFactory grains, SweepId sweep) => grains.GetGrain<ISweepGrain>(sweep.Value);

    private Task<bool> Call(Func<IGrainFactory, Task> call, CancellationToken cancellation) => Call(
        async grains =>
        {
            await call(grains);
            return true;
        },
        cancellation);

    private Task<T> Call<T>(Func<IGrainFactory, Task<T>> call, CancellationToken cancellation) => Guarded(
        async () =>
        {
            using var there = WhileThere(cancellation);
            return await call(connection.Grains).WaitAsync(there.Token);
        },
        cancellation);

    private async Task<IReadOnlyList<LogEntry>> Recorded(SweepId sweep, long from, CancellationToken cancellation) => recorded is null
        ? []
        : await recorded.Read(sweep, from, async position => await Call(grains => Grain(grains, sweep).Read(position, 1), cancellation) is { Count: > 0 }, cancellation);

    /// <summary>Cancelled also when the silo is known to be gone.</summary>
    private CancellationTokenSource WhileThere(CancellationToken cancellation) => CancellationTokenSource.CreateLinkedTokenSource(cancellation, Gone);

    /// <summary>The next event. False at the end, and when the sweep moves to another silo: then the watch begins anew where it was.</summary>
    private async Task<bool> Next(WatchedEvents events, long heard, CancellationToken cancellation)
    {
        try
        {
            return await Once(events.Next, cancellation);
        }
        catch (ClusterUnreachableException) when (IsToBeAskedAgain(heard))
        {
            events.WasLost = true;
            return false;
        }
    }

    /// <summary>Asks a cluster again while one of its silos takes over from another: every call may be repeated.</summary>
    private async Task<T> Guarded<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        long begun = cluster?.GetTimestamp() ?? 0;
        while (true)
        {
            try
            {
                return await Once(call, cancellation);
            }
            catch (ClusterUnreachableException) when (IsToBeAskedAgain(begun))
            {
                await Task.Delay(Breath, cluster!, cancellation);
            }
        }
    }

    private bool IsToBeAskedAgain(long since) => cluster is not null && !connection.Lost.IsCancellationRequested && cluster.GetElapsedTime(since) < Patience;

    /// <summary>Tells a silo that is gone or silent from one that answers with an error.</summary>
    private async Task<T> Once<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested && silo is { HasExited: true })
        {
            throw new SiloFailedException($"{silo.LastWords()} ({error.Message})");
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or OrleansException && !cancellation.IsCancellationRequested && connection.Lost.IsCancellationRequested)
        {
            throw new ClusterUnreachableException(connection.Says("its connection was closed."), error);
        }
        catch (SweepUnavailableException full) when (full.NoSpace)
        {
            throw new InvalidInputException(
                $"the store of sweep '{full.Sweep}'", "it has no space left", "Free some space there, then give the same command again: it goes on from the last checkpoints.");
        }
        catch (Exception error) when (error is TimeoutException or OrleansException or SweepUnavailableException or EnumerationAbortedException)
        {
            throw new ClusterUnreachableException(connection.Says(error.Message), error);
        }
    }
}
