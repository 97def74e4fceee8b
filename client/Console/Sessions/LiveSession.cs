using System.Runtime.CompilerServices;
using Distributed.Client.Telemetry;
using Distributed.Contracts;

namespace Distributed.Client.Sessions;

/// <summary>Speaks to a running silo.</summary>
/// <param name="connection">The connection; closed with the session.</param>
/// <param name="artifacts">The store's files.</param>
/// <param name="silo">The silo's process when it is ours, stopped with the session; else null.</param>
internal sealed class LiveSession(SiloConnection connection, IArtifactStore artifacts, SiloProcess? silo) : ISweepSession
{
    private const int EntriesPerRead = 500;

    public bool IsLive => true;

    public IArtifactStore Artifacts => artifacts;

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

    public async IAsyncEnumerable<SweepEvent> Watch(SweepId sweep, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silo?.Gone ?? default);
        var events = Grain(connection.Grains, sweep).Watch(from, gone.Token).GetAsyncEnumerator(gone.Token);
        await using (events)
        {
            while (await Guarded(async () => await events.MoveNextAsync(), cancellation)) yield return events.Current;
        }
    }

    public Task Launch(SweepSpec spec, CancellationToken cancellation) =>
        ClientTelemetry.Launching(spec.Name, () => Call(grains => Grain(grains, spec.Name).Launch(spec), cancellation));

    public Task Pause(SweepId sweep, string reason, CancellationToken cancellation) =>
        Call(grains => Grain(grains, sweep).Pause(reason), cancellation);

    public Task Resume(SweepId sweep, CancellationToken cancellation) => Call(grains => Grain(grains, sweep).Resume(), cancellation);

    public Task Cancel(SweepId sweep, string reason, CancellationToken cancellation) =>
        Call(grains => Grain(grains, sweep).Cancel(reason), cancellation);

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        if (silo is not null) await silo.DisposeAsync();
    }

    private static ISweepGrain Grain(IGrainFactory grains, SweepId sweep) => grains.GetGrain<ISweepGrain>(sweep.Value);

    private Task<bool> Call(Func<IGrainFactory, Task> call, CancellationToken cancellation) => Guarded(
        async () =>
        {
            await call(connection.Grains).WaitAsync(cancellation);
            return true;
        },
        cancellation);

    private Task<T> Call<T>(Func<IGrainFactory, Task<T>> call, CancellationToken cancellation) =>
        Guarded(() => call(connection.Grains).WaitAsync(cancellation), cancellation);

    /// <summary>Tells a silo that is gone or silent from one that answers with an error.</summary>
    private async Task<T> Guarded<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested && silo is { HasExited: true })
        {
            throw new SiloFailedException($"{silo.LastWords()} ({error.Message})");
        }
        catch (SweepUnavailableException full) when (full.NoSpace)
        {
            throw new InvalidInputException(
                $"the store of sweep '{full.Sweep}'", "it has no space left", "Free some space there, then give the same command again: it goes on from the last checkpoints.");
        }
        catch (Exception error) when (error is TimeoutException or OrleansException or SweepUnavailableException)
        {
            throw new ClusterUnreachableException($"The silo at {connection.Address} does not answer: {error.Message}", error);
        }
    }
}
