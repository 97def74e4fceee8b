namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>Silos that find each other through PostgreSQL instead of Redis.</summary>
[Collection(Clusters.Main)]
public sealed class PostgreSqlTests
{
    [Fact]
    public async Task Silos_join_through_PostgreSQL_and_a_sweep_goes_on_when_one_of_them_is_killed()
    {
        await using var cluster = await ClusterUnderTest.Start(controls: 2, workers: 1, slots: 2, postgreSql: true);
        var spec = StubSweeps.Of("tables", trials: 10, steps: 10, stepMs: 50);
        await cluster.Launch(spec);
        var seen = await cluster.Follow(spec.Name, log => log.Closed >= 3);
        var owner = await cluster.OwnerOf(spec.Name);
        Assert.NotNull(owner);
        owner.Restarts = false;
        await owner.Signal("KILL");
        await cluster.Follow(spec.Name, log => log.HasEnded, seen);
        Verdict.EveryTrialIsRecordedOnce(seen);
        Verdict.NoAcceptedResultIsLost(seen, cluster.Workers.SelectMany(silo => silo.Said));
        string rest = cluster.Controls.Single(silo => silo != owner).Name;
        Assert.Contains(rest, await cluster.Console(0, "cluster"), StringComparison.Ordinal);

        (string, string)[] wrong =
        [
            ("DISTRIBUTED__CLUSTER__CONNECTIONSTRING", ((Testing.PostgreSqlServer)cluster.Membership).ConnectionWith("another-password")), ("DISTRIBUTED__CLUSTER__WAIT", "0s"),
        ];
        string told = await cluster.Console(3, "cluster", wrong), said = await cluster.EndOfSilo(3, wrong);
        Assert.All((string[])[told, said], text =>
        {
            Assert.Contains("password authentication failed", text, StringComparison.Ordinal);
            Assert.Contains("Distributed:Cluster:ConnectionString", text, StringComparison.Ordinal);
            Assert.DoesNotContain("another-password", text, StringComparison.Ordinal);
        });
    }
}
