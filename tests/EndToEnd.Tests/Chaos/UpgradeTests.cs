using System.Text.Json.Nodes;
using Distributed.Testing;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>A rolling upgrade as infra/OPERATIONS.md tells it, while a sweep runs. What stands for the older version, see <see cref="OlderSilo"/>.</summary>
[Collection(Clusters.Main)]
public sealed class UpgradeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4), Glance = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_sweep_goes_on_while_one_silo_after_the_other_is_replaced_and_the_cluster_tells_of_both_versions()
    {
        using OlderSilo older = new();
        await using var cluster = await ClusterUnderTest.Start(controls: 2, workers: 1, slots: 2, program: older.Program);
        var spec = StubSweeps.Of("upgraded", trials: 60, steps: 10, stepMs: 100);
        await cluster.Launch(spec);
        var seen = await cluster.Follow(spec.Name, log => log.Closed >= 2);

        var before = cluster.Silos.ToList();
        for (int i = 0; i < before.Count; i++)
        {
            // Control silos stand first.
            var old = before[i];
            old.Restarts = false;
            await old.Signal("TERM");
            while (!old.Said.Any(line => line.EndsWith("ended with exit code 0", StringComparison.Ordinal))) await Task.Delay(Glance, TimeProvider.System, TestContext.Current.CancellationToken);
            var next = cluster.Add($"{old.Name}-new", i < 2 ? "control" : "worker", i < 2 ? 0 : 2, Repository.StubSilo);
            await next.Ready.WaitAsync(Limit, TimeProvider.System, TestContext.Current.CancellationToken);
            await Versions(cluster, mixed: i < before.Count - 1);
        }

        await cluster.Follow(spec.Name, log => log.HasEnded, seen);
        Verdict.EveryTrialIsRecordedOnce(seen);
        Verdict.NoAcceptedResultIsLost(seen, cluster.Silos.SelectMany(silo => silo.Said));
        Assert.All(seen.State.Trials.SelectMany(trial => trial.Attempts), attempt => Assert.Contains(attempt.Ending, (string[])["completed", "released", "the slot asked for other work"]));
    }

    /// <summary>Asks until the silos that are gone are no longer counted.</summary>
    private static async Task Versions(ClusterUnderTest cluster, bool mixed)
    {
        while (true)
        {
            using var console = cluster.StartConsole(["cluster", "--json"]);
            Assert.True(await console.Ended() == 0, console.Error);
            var versions = console.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string)JsonNode.Parse(line)!["version"]!).Distinct().ToList();
            Assert.Equal(versions.Count > 1, console.Error.Contains("more than one version", StringComparison.Ordinal));
            if (mixed == versions.Count > 1 && versions.Contains(OlderSilo.Current)) return;
            await Task.Delay(Glance, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
