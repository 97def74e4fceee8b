using Distributed.Artifacts;
using Distributed.Testing;

namespace Distributed.Benchmarks;

/// <summary>Trials that take no time, end to end: suggested, handed out over a socket, completed, durable.</summary>
internal static class NullTrials
{
    private const int Slots = 128;
    private const int Silos = 2;
    private const int Warmup = 500;

    /// <summary>With the log in a folder.</summary>
    public static Task<bool> InFolder(int trials, PeerThroughput table) =>
        ClusterBenchmark.InNewFolder(store => Run(store, "directory", trials, 1000, table));

    /// <summary>With the log in Azurite, where it is installed.</summary>
    public static async Task<bool> InBlobs(int trials, PeerThroughput table)
    {
        const string Connection = "DISTRIBUTED_STORE_CONNECTION";
        if (AzuriteServer.Absent is { } absent)
        {
            Console.WriteLine($"null trials in blobs: not measured. {absent}");
            return true;
        }

        await using var server = await AzuriteServer.New();
        Environment.SetEnvironmentVariable(Connection, server.ConnectionString);
        return await Run(StoreAddress.Parse("azure://benchmark"), "azurite", trials, 500, table);
    }

    private static async Task<bool> Run(StoreAddress store, string name, int trials, double aim, PeerThroughput table)
    {
        var time = TimeProvider.System;
        await using var cluster = await LoopbackCluster.Start(store, Silos);
        var spec = LongSweep.Spec("null-trials", 8 * Slots);
        await cluster.Sweep(spec.Name).Launch(spec);
        await new BusySlots(cluster, Silos, TimeSpan.Zero, time).Run(Slots, Warmup, CancellationToken.None);
        BusySlots slots = new(cluster, Silos, TimeSpan.Zero, time);
        long begun = time.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        await slots.Run(Slots, trials, CancellationToken.None);
        double seconds = time.GetElapsedTime(begun).TotalSeconds;
        double used = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        await cluster.Sweep(spec.Name).Cancel("measured");
        double rate = slots.Completions.Count / seconds;
        Console.WriteLine(Invariant($"null trials, log in {name}: {rate:0} a second (aim {aim:0}), {slots.Completions.Count / used:0} a second of one core; hand-out {ClusterBenchmark.Percentiles(slots.HandOuts)}; completion {ClusterBenchmark.Percentiles(slots.Completions)}"));
        table.Add(name, slots.Completions.Count, seconds, used);
        return rate >= aim;
    }
}
