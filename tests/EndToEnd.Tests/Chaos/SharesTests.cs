using Distributed.Sweeps;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>Sweeps that run at the same time on silos of different device classes.</summary>
[Collection(Clusters.Main)]
public sealed class SharesTests
{
    private const int Settled = 30, Trials = 210;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>The driver's own tool, telling of one device: stub trials compute nothing, so that none is needed.</summary>
    private const string Driver = """
        #!/bin/sh
        echo "GPU-0, 0, 81559, A device of this test"
        """;

    [Fact]
    public async Task Three_sweeps_of_weights_1_2_and_4_share_the_slots_of_a_cpu_and_a_cuda_silo_as_their_weights()
    {
        await using var cluster = await ClusterUnderTest.Start(controls: 1, workers: 1, slots: 2);
        var cuda = cluster.Add("gpu", "worker", 2, ("DISTRIBUTED__DEVICE", "cuda"), ("PATH", $"{FolderWithDriver(cluster)}:{Environment.GetEnvironmentVariable("PATH")}"));
        await cuda.Ready.WaitAsync(Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        SweepSpec[] specs = [.. new[] { 1, 2, 4 }.Select(weight => StubSweeps.Of(Invariant($"weight-{weight}"), trials: 600, steps: 8, stepMs: 50) with
        {
            Weight = weight,
            Sampler = new() { Name = "sobol", Horizon = 12 },
        })];
        foreach (var spec in specs) await cluster.Launch(spec);
        var logs = specs.ToDictionary(spec => spec.Name, _ => new SweepLogSeen());

        // Counted from where all three have been handed out for a while.
        while (logs.Values.Any(log => Attempts(log).Count() < Settled)) await ReadOn();
        var from = logs.Values.Max(log => Attempts(log).ElementAt(Settled - 1).Began);
        while (Counted().Any(attempt => attempt.Ended is null) || Counted().Count < Trials) await ReadOn();

        var counted = Counted();
        double all = counted.Sum(Seconds);
        TestContext.Current.SendDiagnosticMessage(string.Join(", ", specs.Select(spec => Invariant(
            $"{spec.Name}: {counted.Count(attempt => attempt.Sweep == spec.Name)} trials, {100 * counted.Where(attempt => attempt.Sweep == spec.Name).Sum(Seconds) / all:0.0} % of the slot time"))));
        foreach (var spec in specs)
        {
            double fair = spec.Weight!.Value / 7;
            Assert.InRange(counted.Where(attempt => attempt.Sweep == spec.Name).Sum(Seconds) / all, 0.9 * fair, 1.1 * fair);
        }

        Assert.Equal(["gpu", "w0"], counted.Select(attempt => attempt.Slot.Split('/')[0]).Distinct().Order());

        async Task ReadOn()
        {
            foreach (var (name, log) in logs)
            {
                bool read = false;
                await cluster.Follow(name, _ => read || !(read = true), log);
            }
        }

        // Up to where all three logs have been read.
        List<Attempt> Counted()
        {
            var to = logs.Values.Min(log => log.Entries[^1].Time);
            return [.. logs.Values.SelectMany(Attempts).Where(attempt => attempt.Began > from && attempt.Began <= to).OrderBy(attempt => attempt.Began).Take(Trials)];
        }
    }

    private static double Seconds(Attempt attempt) => (attempt.Ended!.Value - attempt.Began).TotalSeconds;

    private static IEnumerable<Attempt> Attempts(SweepLogSeen log)
    {
        var ends = log.Entries.Where(entry => entry.Record is SweepRecord.TrialClosed).ToDictionary(entry => ((SweepRecord.TrialClosed)entry.Record).Trial, entry => entry.Time);
        foreach (var entry in log.Entries)
        {
            if (entry.Record is SweepRecord.Leased leased)
                yield return new(log.State.Spec!.Name, leased.Slot, entry.Time, ends.TryGetValue(leased.Trial, out var end) ? end : null);
        }
    }

    private static string FolderWithDriver(ClusterUnderTest cluster)
    {
        string folder = Directory.CreateDirectory(Path.Combine(cluster.Folder, "driver")).FullName, file = Path.Combine(folder, "nvidia-smi");
        File.WriteAllText(file, Driver);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return folder;
    }

    private sealed record Attempt(SweepId Sweep, string Slot, DateTimeOffset Began, DateTimeOffset? Ended);
}
