using Distributed.Contracts;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>How many progress reports a second a sweep takes in while somebody watches, batched by silo as workers send them.</summary>
internal static class ReportsPart
{
    private const int Silos = 2;
    private const int Senders = 16;
    private const int SlotsEach = 64;
    private const double Aim = 2000;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

    /// <summary>Sends as fast as they are answered.</summary>
    public static Task<bool> Run() => ClusterBenchmark.InNewFolder(async store =>
    {
        var time = TimeProvider.System;
        await using var cluster = await LoopbackCluster.Start(store, Silos);
        var spec = LongSweep.Spec("reports", 4 * Senders * SlotsEach);
        var sweep = cluster.Sweep(spec.Name);
        await sweep.Launch(spec);
        await new BusySlots(cluster, Silos, TimeSpan.Zero, time).Run(1, 1, CancellationToken.None);
        List<TrialAssignment> leases = [];
        while (leases.Count < Senders * SlotsEach)
        {
            if (await sweep.Pull(new(Invariant($"silo/{leases.Count}"), "cpu")) is { } lease) leases.Add(lease.Assignment);
        }

        using CancellationTokenSource stop = new(Measured, time);
        var watching = Watch(sweep, stop.Token);
        long begun = time.GetTimestamp();
        int[] sent = await Task.WhenAll(leases.Chunk(SlotsEach).Select((batch, i) => Task.Run(() => Send(cluster.Sweep(spec.Name, i), batch, stop.Token))));
        double rate = sent.Sum() / time.GetElapsedTime(begun).TotalSeconds;
        Console.WriteLine(Invariant($"progress reports: {rate:0} a second (aim {Aim:0}) in calls of {SlotsEach}; a watcher saw {await watching}"));
        return rate >= Aim;
    });

    private static async Task<int> Send(ISweepGrain sweep, TrialAssignment[] batch, CancellationToken stop)
    {
        int sent = 0;
        for (int i = 1; !stop.IsCancellationRequested; i++)
        {
            await sweep.Heartbeat([.. batch.Select(one => new Heartbeat(one.Trial, one.Epoch, new() { Phase = TrialPhase.FineTuning, Epoch = i }))]);
            sent += batch.Length;
        }

        return sent;
    }

    private static async Task<int> Watch(ISweepGrain sweep, CancellationToken stop)
    {
        int seen = 0;
        try
        {
            await foreach (var happened in sweep.Watch(0, stop))
            {
                if (happened is SweepEvent.Progressed) seen++;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Measured.
        }

        return seen;
    }
}
