using System.Net;
using System.Text.Json.Nodes;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>The dashboard of a cluster: its silos, and Orleans's own pages beside them.</summary>
[Collection(Clusters.Main)]
public sealed class ClusterPagesTests
{
    [Fact]
    public async Task Orleans_s_dashboard_counts_every_silo_where_all_have_its_grains()
    {
        await using var cluster = await ClusterUnderTest.Start(
            controls: 2, workers: 1, slots: 1, variables: new Dictionary<string, string> { ["DISTRIBUTED__ORLEANSDASHBOARD"] = "true" });
        using var dashboard = cluster.StartConsole(["dashboard", "--port", "0"]);
        await dashboard.Says("Ctrl-C ends it");
        using HttpClient client = new() { BaseAddress = new(dashboard.Address) };
        string[] silos = [];
        // It counts from its first call on.
        while (silos.Length < 3)
        {
            using var answer = await client.GetAsync(new Uri("orleans/DashboardCounters", UriKind.Relative), TestContext.Current.CancellationToken);
            string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
            silos = [.. JsonNode.Parse(text)!["hosts"]!.AsArray().Select(host => (string)host!["siloAddress"]!).Distinct()];
        }

        Assert.Equal(
            cluster.Silos.Select(silo => Invariant($"{silo.SiloPort}")).Order(StringComparer.Ordinal),
            silos.Select(silo => silo.Split(':')[1].Split('@')[0]).Order(StringComparer.Ordinal));
    }
}
