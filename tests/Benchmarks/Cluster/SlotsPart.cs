namespace Distributed.Benchmarks;

/// <summary>How busy many slots are whose trials take half a minute, and how fast they are handed the next.</summary>
internal static class SlotsPart
{
    private const int Silos = 4;
    private static readonly TimeSpan Trial = TimeSpan.FromSeconds(30);

    /// <summary>Runs them for a while.</summary>
    public static Task<bool> Run(int count, int seconds) => ClusterBenchmark.InNewFolder(async store =>
    {
        var time = TimeProvider.System;
        await using var cluster = await LoopbackCluster.Start(store, Silos);
        var spec = LongSweep.Spec("slots", 2 * count);
        await cluster.Sweep(spec.Name).Launch(spec);
        await new BusySlots(cluster, Silos, TimeSpan.Zero, time).Run(1, 1, CancellationToken.None);
        BusySlots slots = new(cluster, Silos, Trial, time);
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(seconds), time);
        await slots.Run(count, null, stop.Token);
        double gap = slots.Gaps.DefaultIfEmpty().Average();
        double busy = Trial.TotalMilliseconds / (Trial.TotalMilliseconds + gap);
        double[] handOuts = [.. slots.HandOuts.Order()];
        double p99 = ClusterBenchmark.Part(handOuts, 0.99);
        Console.WriteLine(Invariant($"{count} slots with {Trial.TotalSeconds:0} s trials for {seconds} s: {100 * busy:0.00} % busy (aim 99); hand-out {ClusterBenchmark.Percentiles(handOuts)} (aim p99 20 ms); {slots.Completions.Count} trials"));
        return busy >= 0.99 && p99 <= 20;
    });
}
