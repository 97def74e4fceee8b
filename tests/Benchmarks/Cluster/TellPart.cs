namespace Distributed.Benchmarks;

/// <summary>How long one completion and one hand-out take, by how many trials are closed already: they should not depend on it.</summary>
internal static class TellPart
{
    private const int Warmup = 50;
    private const int Measured = 300;

    /// <summary>One slot, one call after the other.</summary>
    public static async Task<bool> Run(int most, int horizon)
    {
        List<double> medians = [];
        foreach (int trials in (int[])[100, 1000, 10_000, 100_000])
        {
            if (trials <= most) medians.Add(await ClusterBenchmark.InNewFolder(store => After(store, trials, horizon)));
        }

        // Flat: the longest sweep may not take twice as long as the shortest.
        return medians[^1] <= 2 * medians[0];
    }

    private static async Task<double> After(Artifacts.StoreAddress store, int trials, int horizon)
    {
        var time = TimeProvider.System;
        var spec = LongSweep.Spec("tell", horizon);
        await LongSweep.Write(Artifacts.StoreOpener.Open(store, time).Logs, spec, trials);
        await using var cluster = await LoopbackCluster.Start(store, 1);
        var sweep = cluster.Sweep(spec.Name);
        await LoopbackCluster.Patiently(() => sweep.Read(0, 1));
        Random chance = new(1);
        List<double> tells = [];
        List<double> asks = [];
        while (tells.Count < Warmup + Measured)
        {
            long asked = time.GetTimestamp();
            if (await sweep.Pull(new("only/0", "cpu")) is not { Assignment: var assignment }) continue;
            double ask = time.GetElapsedTime(asked).TotalMilliseconds;
            var outcome = LongSweep.Outcome(assignment.Trial, assignment.Epoch, chance);
            long told = time.GetTimestamp();
            await sweep.Complete(assignment.Trial, assignment.Epoch, outcome);
            tells.Add(time.GetElapsedTime(told).TotalMilliseconds);
            asks.Add(ask);
        }

        Console.WriteLine(Invariant($"with {trials} closed trials: completion {ClusterBenchmark.Percentiles(tells.Skip(Warmup))}; hand-out {ClusterBenchmark.Percentiles(asks.Skip(Warmup))}"));
        return Quartiles.Of(tells.Skip(Warmup)).Median;
    }
}
