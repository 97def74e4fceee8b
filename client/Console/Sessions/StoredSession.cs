using System.Runtime.CompilerServices;
using Distributed.Contracts;

namespace Distributed.Client.Sessions;

/// <summary>Reads a store on which no silo runs.</summary>
/// <param name="store">Its folder, for messages.</param>
/// <param name="logs">Its logs.</param>
/// <param name="artifacts">Its files.</param>
internal sealed class StoredSession(string store, ISweepLogStore logs, IArtifactStore artifacts) : ISweepSession
{
    public bool IsLive => false;

    public IArtifactStore Artifacts => artifacts;

    public async Task<IReadOnlyList<SweepSummary>> List(CancellationToken cancellation)
    {
        List<SweepSummary> summaries = [];
        foreach (var sweep in await logs.List(cancellation))
        {
            if ((await SweepListing.Read(logs, sweep, cancellation)).Summary is { } summary) summaries.Add(summary);
        }

        return summaries;
    }

    public async Task<SweepPicture?> Load(SweepId sweep, CancellationToken cancellation)
    {
        SweepPicture picture = new();
        await foreach (var entry in logs.Read(sweep, cancellation: cancellation)) picture.Apply(entry);
        return picture.State.Spec is null ? null : picture;
    }

    public async IAsyncEnumerable<SweepEvent> Watch(SweepId sweep, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entry in logs.Read(sweep, from, cancellation)) yield return new SweepEvent.Logged(entry);
    }

    public Task<IReadOnlyList<SiloView>> Silos(CancellationToken cancellation) => throw Idle("seen");

    public Task Launch(SweepSpec spec, CancellationToken cancellation) => throw Idle("launched");

    public Task Pause(SweepId sweep, string reason, CancellationToken cancellation) => throw Idle("paused");

    public Task Resume(SweepId sweep, CancellationToken cancellation) => throw Idle("resumed");

    public Task SetShare(SweepId sweep, double? weight, int? priority, CancellationToken cancellation) => throw Idle("given another share");

    public Task Cancel(SweepId sweep, string reason, CancellationToken cancellation) => throw Idle("cancelled");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ClusterUnreachableException Idle(string what) =>
        new($"No silo runs on the store '{store}', so nothing can be {what} there. Start one with 'run FILE', or name another store with --store.");
}
