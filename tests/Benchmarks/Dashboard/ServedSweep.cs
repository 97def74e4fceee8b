using System.Text.Json;
using Distributed.Artifacts;
using Distributed.Contracts;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>A sweep with many recorded trials on a silo of this process, in a store where the console's commands find it.</summary>
internal sealed class ServedSweep : IAsyncDisposable
{
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(1);
    private readonly LoopbackCluster _cluster;

    private ServedSweep(LoopbackCluster cluster, GrainTime time, SweepId name, string store) => (_cluster, Time, Name, Store) = (cluster, time, name, store);

    /// <summary>What its grain's calls take.</summary>
    public GrainTime Time { get; }

    /// <summary>Its name.</summary>
    public SweepId Name { get; }

    /// <summary>The store's folder.</summary>
    public string Store { get; }

    /// <summary>Its grain.</summary>
    public ISweepGrain Grain => _cluster.Sweep(Name);

    /// <summary>Writes the log, starts the silo and lets it read the log.</summary>
    public static async Task<ServedSweep> Start(StoreAddress store, int trials)
    {
        var spec = LongSweep.Spec("long", 64);
        await LongSweep.Write(StoreOpener.Open(store, TimeProvider.System).Logs, spec, trials);
        GrainTime time = new(GrainId.Create("sweep", spec.Name.Value));
        var cluster = await LoopbackCluster.Start(store, 1, time);
        await LoopbackCluster.Patiently(() => cluster.Sweep(spec.Name).Read(0, 1));
        await cluster.Sweep(spec.Name).Launch(spec);
        await File.WriteAllTextAsync(
            Path.Combine($"{store}", "silo.json"),
            JsonSerializer.Serialize(new { pid = Environment.ProcessId, gatewayPort = cluster.GatewayPort, clusterId = LoopbackCluster.Id, serviceId = LoopbackCluster.Id }));
        return new(cluster, time, spec.Name, $"{store}");
    }

    /// <summary>Closes so many trials a second until told to stop.</summary>
    public Task Flow(int trialsPerSecond, CancellationToken stop) => new BusySlots(_cluster, 1, Trial, TimeProvider.System).Run(trialsPerSecond, null, stop);

    /// <summary>The log from a position on.</summary>
    public async Task<List<LogEntry>> Log(long from)
    {
        List<LogEntry> log = [];
        while (await Grain.Read(from + log.Count, 500) is { Count: > 0 } more) log.AddRange(more);
        return log;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
