using System.Diagnostics;
using System.Globalization;
using Distributed.Sweeps;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>Who has the host to itself, because it measures, is killed: the next one gets its turn.</summary>
[Collection(Clusters.Main)]
public sealed class KilledMeasurementTests
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_silo_on_the_host_measures_on_and_the_trial_is_recorded_once(bool wholeSilo)
    {
        await using var cluster = await ClusterUnderTest.Start(controls: 1, workers: 2, slots: 1);
        var spec = StubSweeps.Of("turns", trials: 4, steps: 2, stepMs: 20);
        // A measurement that lasts long enough to be met in the middle, and always somebody who waits for the next.
        spec = spec with { Model = new() { Zoo = "stub:steps=2,step-ms=20,measure-ms=2000" } };
        await cluster.Launch(spec);
        var seen = await cluster.Follow(spec.Name, log => log.Closed >= 1);

        var (silo, executor) = await Measuring(cluster);
        await cluster.Follow(spec.Name, _ => true, seen);
        silo.Restarts = false;
        if (wholeSilo) await silo.Signal("KILL");
        else Process.GetProcessById(executor).Kill();
        var killed = TimeProvider.System.GetUtcNow();
        await cluster.Follow(spec.Name, log => log.HasEnded, seen);

        Verdict.EveryTrialIsRecordedOnce(seen);
        Assert.All(seen.State.Trials, trial => Assert.Equal(TrialStatus.Completed, trial.Status));
        var cut = Assert.Single(seen.State.Trials, trial => trial.Attempts.Count > 1);
        Assert.Equal(2, cut.Attempts.Count);
        Assert.StartsWith(silo.Name, cut.Attempts[0].Slot, StringComparison.Ordinal);
        Assert.False(cut.Attempts[1].Slot.StartsWith(silo.Name, StringComparison.Ordinal));
        Assert.Contains(wholeSilo ? "lease expired" : "exit code 137", cut.Attempts[0].Ending, StringComparison.Ordinal);
        Assert.Contains(seen.Entries, entry => entry.Time > killed && entry.Record is SweepRecord.PhaseStarted { Phase: TrialPhase.Measuring });
        while (Directory.Exists(Invariant($"/proc/{executor}"))) await Task.Delay(Glance, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    /// <summary>The worker that measures while nobody else on the host computes, and the process that does it.</summary>
    private static async Task<(SupervisedSilo Silo, int Executor)> Measuring(ClusterUnderTest cluster)
    {
        string folder = cluster.Variables["DISTRIBUTED__HOSTFOLDER"];
        while (true)
        {
            int? holder = Alone(Path.Combine(folder, "measuring.lock"));
            if (holder is { } process && holder == Alone(Path.Combine(folder, "computing.lock")))
            {
                foreach (var silo in cluster.Workers) if ((int)(await silo.Ready)["pid"]! == process) return (silo, silo.Executors.Single());
            }

            await Task.Delay(Glance, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Which process has locked a file for itself, as the system tells it.</summary>
    private static int? Alone(string file)
    {
        if (!File.Exists(file)) return null;
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%i", file]) { RedirectStandardOutput = true })!;
        string inode = $":{stat.StandardOutput.ReadToEnd().Trim()}";
        // "1: FLOCK  ADVISORY  WRITE 4711 fe:00:11658395 0 EOF"
        return File.ReadLines("/proc/locks").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is [_, _, _, "WRITE", _, var place, ..] && place.EndsWith(inode, StringComparison.Ordinal))
            .Select(words => (int?)int.Parse(words[4], CultureInfo.InvariantCulture)).FirstOrDefault();
    }
}
