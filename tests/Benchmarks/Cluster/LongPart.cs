namespace Distributed.Benchmarks;

/// <summary>How long a long sweep takes to come to life, until it answers and until it hands out its next trial, and what it occupies.</summary>
internal static class LongPart
{
    private const double AimSeconds = 5;
    private const double AimBytes = 1e9;

    /// <summary>Writes it, then starts a silo and asks.</summary>
    public static Task<bool> Run(int trials) => ClusterBenchmark.InNewFolder(async store =>
    {
        var time = TimeProvider.System;
        var spec = LongSweep.Spec("long", 64);
        long records = await LongSweep.Write(Artifacts.StoreOpener.Open(store, time).Logs, spec, trials);
        var cluster = await LoopbackCluster.Start(store, 1);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long begun = time.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        var sweep = cluster.Sweep(spec.Name);
        await LoopbackCluster.Patiently(() => sweep.Read(0, 1));
        double used = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        double answers = time.GetElapsedTime(begun).TotalSeconds;
        while (await LoopbackCluster.Patiently(() => sweep.Pull(new("first/0", "cpu"))) is null) await Task.Yield();
        double works = time.GetElapsedTime(begun).TotalSeconds;
        double usedInAll = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(Invariant($"a sweep of {trials} trials ({records} records): answers after {answers:0.0} s (aim {AimSeconds:0}; {used:0.0} s of one core), hands out after {works:0.0} s ({usedInAll:0.0} s of one core); sweep and optimizer occupy {bytes / 1e6:0} MB (aim {AimBytes / 1e6:0}); the process {Environment.WorkingSet / 1e6:0} MB"));
        await cluster.DisposeAsync();
        await using (var next = await LoopbackCluster.Start(store, 1)) await Listed(next, spec.Name);
        return works <= AimSeconds && bytes <= AimBytes;
    });

    private static async Task Listed(LoopbackCluster cluster, Sweeps.SweepId name)
    {
        long begun = TimeProvider.System.GetTimestamp();
        var listed = (await LoopbackCluster.Patiently(() => cluster.Catalog(0).List())).Single(sweep => sweep.Name == name);
        Console.WriteLine(Invariant($"a new catalogue lists the sweep ({listed.Closed} trials) after {TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds:0} ms"));
    }
}
