using System.Diagnostics;
using Distributed.Contracts;
using Distributed.Sweeps;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>A store without space left, which is a small file system of its own. It is mounted, for which a test must be root.</summary>
[Collection(Clusters.Main)]
public sealed class FullStoreTests : IDisposable
{
    private const string Size = "8m";
    private const string NoSpace = "has no space left", Remedy = "Free some space there";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4), Glance = TimeSpan.FromMilliseconds(100);
    private readonly string _store = Directory.CreateTempSubdirectory("distributed-full-").FullName;
    private bool _mounted;

    private string Ballast => Path.Combine(_store, "ballast");

    public void Dispose()
    {
        if (_mounted) Succeeds("umount", "-l", _store);
        Directory.Delete(_store, recursive: true);
    }

    [Fact]
    public async Task Computing_goes_on_commits_wait_and_when_there_is_space_again_everything_is_recorded()
    {
        await using var cluster = await Start();
        var spec = StubSweeps.Of("full", trials: 2, steps: 60, stepMs: 50, horizon: 2);
        await cluster.Launch(spec);
        var seen = await cluster.Follow(spec.Name, log => log.All<SweepRecord.Checkpointed>().Any());
        Fill();
        string refused = await UseUpTheLogsLastPage(cluster.Sweep(spec.Name));
        Assert.Contains(_store, refused, StringComparison.Ordinal);
        Assert.Contains(Remedy, refused, StringComparison.Ordinal);
        // What the baseline has to tell of its checkpoints waits with its worker, while it computes on.
        await Says(cluster.Workers.Single(), "waits to be recorded");
        Assert.Contains(cluster.Workers.Single().Said, line => line.Contains(_store, StringComparison.Ordinal) && line.Contains(NoSpace, StringComparison.Ordinal) && line.Contains(Remedy, StringComparison.Ordinal));
        string told = await cluster.Console(2, ["sweep", "pause", "full"]);
        Assert.Contains(NoSpace, told, StringComparison.Ordinal);
        Assert.Contains(Remedy, told, StringComparison.Ordinal);
        Assert.Contains("full", await cluster.Console(0, ["sweep", "show", "full"]), StringComparison.Ordinal);

        File.Delete(Ballast);
        await cluster.Follow(spec.Name, log => log.HasEnded || log.State.Status == SweepStatus.Paused, seen);
        // Where it had computed to its end before there was space, and could not leave its model, that is what the sweep waits with.
        if (seen.State.Status == SweepStatus.Paused)
        {
            Assert.Contains(NoSpace, seen.State.StatusReason, StringComparison.Ordinal);
            await cluster.Console(0, ["sweep", "resume", "full"]);
        }

        Assert.All(seen.All<SweepRecord.AttemptEnded>(), ended => Assert.Equal(FailureKind.Storage, ended.Failure));
        await cluster.Follow(spec.Name, log => log.HasEnded, seen);
        Verdict.EveryTrialIsRecordedOnce(seen);
        Verdict.NoAcceptedResultIsLost(seen, cluster.Workers.SelectMany(worker => worker.Said));
        Assert.All(seen.State.Trials, trial => Assert.Equal(TrialStatus.Completed, trial.Status));
    }

    [Fact]
    public async Task A_silo_that_is_to_start_on_a_full_store_says_so_and_one_that_may_wait_starts_when_there_is_space()
    {
        await using var cluster = await Start();
        Fill();
        string said = await cluster.EndOfSilo(3, ("DISTRIBUTED__CLUSTER__WAIT", "0s"));
        Assert.Contains(_store, said, StringComparison.Ordinal);
        Assert.Contains(NoSpace, said, StringComparison.Ordinal);
        Assert.Contains(Remedy, said, StringComparison.Ordinal);
        var patient = cluster.Add("patient", "control", 0);
        var ready = patient.Ready;
        File.Delete(Ballast);
        await ready.WaitAsync(Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(1, patient.Lives);
    }

    private async Task<ClusterUnderTest> Start()
    {
        _mounted = Environment.UserName == "root" && Succeeds("mount", "-t", "tmpfs", "-o", $"size={Size}", "none", _store);
        Assert.SkipUnless(_mounted, "A small file system cannot be mounted here: that takes root, and a container that may.");
        return await ClusterUnderTest.Start(controls: 1, workers: 1, slots: 1, store: _store);
    }

    /// <summary>The page in which a file ends has room although the disk has none: records are appended until one no longer fits.</summary>
    private static async Task<string> UseUpTheLogsLastPage(ISweepGrain sweep)
    {
        for (int weight = 2; ; weight++)
        {
            try
            {
                await sweep.SetShare(weight, null);
            }
            catch (SweepUnavailableException full) when (full.NoSpace)
            {
                return full.Message;
            }
        }
    }

    /// <summary>Until not a page is left.</summary>
    private void Fill()
    {
        using FileStream ballast = new(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] page = new byte[4096];
        try
        {
            while (true) ballast.Write(page);
        }
        catch (IOException)
        {
            // That was the last one.
        }
    }

    private static async Task Says(SupervisedSilo silo, string text)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (!silo.Said.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Limit, string.Join('\n', silo.Said.TakeLast(40)));
            await Task.Delay(Glance, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
