using Distributed.Artifacts;
using Distributed.Client.Commands;
using Distributed.Membership;

namespace Distributed.Client.Sessions;

/// <summary>Sessions on a cluster when one is chosen, else on the stores of this machine.</summary>
/// <param name="choice">Decided before the first call.</param>
/// <param name="local">This machine.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterSessions(ClusterChoice choice, ISessions local, TimeProvider time) : ISessions
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public bool IsCluster => choice.Cluster is not null;

    public bool Exists(string store) => IsCluster || local.Exists(store);

    public async Task<ISweepSession> Open(string store, CancellationToken cancellation)
    {
        if (choice.Cluster is not { } cluster) return await local.Open(store, cancellation);
        if (cluster.Gateways.Count == 0) await MembershipServer.Await(cluster, time, cancellation);
        SiloConnection? connection = null;
        await Persistence.Repeat(
            async () => connection = await SiloConnection.Open(cluster, time, cancellation), cluster.Wait, Pause, time, cancellation);
        return new LiveSession(connection!, new LateArtifacts(() => Artifacts(store)), silo: null, time);
    }

    public Task<ISweepSession> Start(string store, int? slots, CancellationToken cancellation) =>
        IsCluster ? throw Elsewhere("start a silo") : local.Start(store, slots, cancellation);

    public Task Remove(string store, SweepId sweep, CancellationToken cancellation) =>
        IsCluster ? throw Elsewhere("remove a sweep from the store of a cluster") : local.Remove(store, sweep, cancellation);

    public Task<OpenedStore> Files(string store, bool make, CancellationToken cancellation) =>
        local.Files(IsCluster ? $"{Address(store)}" : store, make, cancellation);

    private IArtifactStore Artifacts(string store) => StoreOpener.Existing(Address(store), time).Artifacts;

    private StoreAddress Address(string store) => (store != CommonOptions.DefaultStore ? StoreAddress.Parse(store) : choice.Store)
        ?? throw new InvalidInputException("Distributed:Store", "it is not set, and the files of a sweep are asked for", "Set it to the cluster's store, or give it with --store.");

    private static InvalidInputException Elsewhere(string what) =>
        new("--cluster", $"this command cannot {what}", $"Give '--cluster {ClusterChoice.None}' to use this machine alone.");
}
