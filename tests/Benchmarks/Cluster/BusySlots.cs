using System.Collections.Concurrent;
using Distributed.Contracts;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Slots that ask for work, wait as long as a trial takes, tell how it ended and ask again, as those of worker silos do.</summary>
internal sealed class BusySlots(LoopbackCluster cluster, int silos, TimeSpan trial, TimeProvider time)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, Lease> _running = new();

    /// <summary>Milliseconds of each call that handed out a trial.</summary>
    public ConcurrentBag<double> HandOuts { get; } = [];

    /// <summary>Milliseconds of each call that told of an end.</summary>
    public ConcurrentBag<double> Completions { get; } = [];

    /// <summary>Milliseconds from the end of a trial to the beginning of the next on its slot.</summary>
    public ConcurrentBag<double> Gaps { get; } = [];

    /// <summary>Runs until told to stop, or until so many trials have ended.</summary>
    public async Task Run(int slots, int? trials, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var beats = Enumerable.Range(0, silos).Select(silo => Beats(silo, ended.Token)).ToList();
        await Task.WhenAll(Enumerable.Range(0, slots).Select(i => Task.Run(() => Slot(i, slots, trials, ended), CancellationToken.None)));
        await ended.CancelAsync();
        await Task.WhenAll(beats);
    }

    private async Task Slot(int number, int slots, int? trials, CancellationTokenSource ended)
    {
        Random chance = new(number);
        PullRequest request = new(Invariant($"silo{number % silos}/{number}"), "cpu");
        try
        {
            await Task.Delay(trial * (number / (double)slots), time, ended.Token);
            long? idleSince = null;
            while (!ended.IsCancellationRequested)
            {
                long asked = time.GetTimestamp();
                if (await cluster.Catalog(number).Pull(request) is not { } lease)
                {
                    await Task.Delay(Idle, time, ended.Token);
                    continue;
                }

                HandOuts.Add(time.GetElapsedTime(asked).TotalMilliseconds);
                if (idleSince is { } since) Gaps.Add(time.GetElapsedTime(since).TotalMilliseconds);
                if (trial > TimeSpan.Zero) await Compute(request.Slot, lease, ended.Token);
                idleSince = time.GetTimestamp();
                await Complete(number, lease.Assignment, chance);
                if (Completions.Count >= trials) await ended.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    private async Task Compute(string slot, Lease lease, CancellationToken stop)
    {
        _running[slot] = lease;
        await Task.Delay(trial, time, stop);
        _running.TryRemove(slot, out _);
    }

    private async Task Complete(int number, TrialAssignment assignment, Random chance)
    {
        long told = time.GetTimestamp();
        var outcome = LongSweep.Outcome(assignment.Trial, assignment.Epoch, chance);
        await cluster.Sweep(assignment.Spec.Name, number).Complete(assignment.Trial, assignment.Epoch, outcome);
        Completions.Add(time.GetElapsedTime(told).TotalMilliseconds);
    }

    /// <summary>One call for all slots of a silo.</summary>
    private async Task Beats(int silo, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Beat, time, stop);
                var running = _running.Where(one => one.Key.StartsWith(Invariant($"silo{silo}/"), StringComparison.Ordinal)).Select(one => one.Value.Assignment);
                foreach (var group in running.GroupBy(assignment => assignment.Spec.Name))
                    await cluster.Sweep(group.Key, silo).Heartbeat([.. group.Select(one => new Heartbeat(one.Trial, one.Epoch, new() { Phase = TrialPhase.FineTuning, Epoch = 1 }))]);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop.
        }
    }
}
