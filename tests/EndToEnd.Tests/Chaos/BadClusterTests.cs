using System.Diagnostics;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>Clusters that cannot be joined or reached: what is said, and with what exit code.</summary>
[Collection(Clusters.Main)]
public sealed class BadClusterTests : IAsyncLifetime
{
    private ClusterUnderTest? _cluster;

    private ClusterUnderTest Cluster => _cluster!;

    public async ValueTask InitializeAsync() => _cluster = await ClusterUnderTest.Start(controls: 1, workers: 0, slots: 0);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_redis_that_is_not_there_is_told_by_silo_and_console()
    {
        await Silo(3, "cannot be reached", ("DISTRIBUTED__CLUSTER__CONNECTIONSTRING", "127.0.0.1:1"), ("DISTRIBUTED__CLUSTER__WAIT", "0s"));
        await Console(3, "cannot be reached", ("DISTRIBUTED__CLUSTER__CONNECTIONSTRING", "127.0.0.1:1"), ("DISTRIBUTED__CLUSTER__WAIT", "0s"));
    }

    [Fact]
    public async Task Wrong_credentials_are_told_and_not_repeated()
    {
        await Redis("config", "set", "requirepass", "the-right-one");
        string wrong = $"127.0.0.1:{Cluster.Redis.Port},password=the-wrong-one";
        string said = await Silo(3, "refuses the credentials", ("DISTRIBUTED__CLUSTER__CONNECTIONSTRING", wrong), ("DISTRIBUTED__CLUSTER__WAIT", "0s"));
        Assert.DoesNotContain("the-wrong-one", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_connection_string_is_bad_input()
    {
        await Silo(2, "it is no connection string of Redis", ("DISTRIBUTED__CLUSTER__CONNECTIONSTRING", "host:1,what=is,this=then"));
        await Silo(2, "it is no connection string of PostgreSQL", ("DISTRIBUTED__CLUSTER__MEMBERSHIP", "adonet"));
    }

    [Fact]
    public async Task Beyond_loopback_a_silo_demands_a_secret() =>
        await Silo(2, "beyond loopback", ("DISTRIBUTED__LISTEN__ADDRESS", "0.0.0.0"), ("DISTRIBUTED__CLUSTER__SECRET", ""));

    [Fact]
    public async Task A_client_of_another_cluster_or_with_another_secret_is_turned_away()
    {
        await Console(0, "c0");
        string gateway = (string)(await Cluster.Controls.Single().Ready)["endpoint"]!;
        (string, string)[] direct = [("DISTRIBUTED__CLUSTER__GATEWAYS", gateway), ("DISTRIBUTED__CLUSTER__WAIT", "0s")];
        await Console(0, "c0", direct);
        await Console(3, "No control silo", ("DISTRIBUTED__CLUSTER__ID", "another"), ("DISTRIBUTED__CLUSTER__WAIT", "0s"));
        await Console(3, "belongs to another cluster", [.. direct, ("DISTRIBUTED__CLUSTER__ID", "another")]);
        await Console(3, "knows another secret", [.. direct, ("DISTRIBUTED__CLUSTER__SECRET", "not the secret of this cluster")]);
    }

    [Fact]
    public async Task Health_is_told_on_loopback()
    {
        int port = (int)(await Cluster.Controls.Single().Ready)["healthPort"]!;
        using HttpClient http = new() { BaseAddress = new($"http://127.0.0.1:{port}") };
        var cancellation = TestContext.Current.CancellationToken;
        using var live = await http.GetAsync(new Uri("/health/live", UriKind.Relative), cancellation);
        Assert.True(live.IsSuccessStatusCode);
        Assert.Contains("\"membership\":\"ok\"", await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), cancellation), StringComparison.Ordinal);
        await Cluster.Redis.Freeze();
        string? said = null;
        while (said?.Contains("does not answer", StringComparison.Ordinal) != true)
        {
            using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
            said = await ready.Content.ReadAsStringAsync(cancellation);
            Assert.Equal(!said.Contains("does not answer", StringComparison.Ordinal), ready.IsSuccessStatusCode);
        }

        await Cluster.Redis.Thaw();
    }

    private async Task<string> Silo(int code, string says, params (string Key, string Value)[] variables)
    {
        string said = await Cluster.EndOfSilo(code, variables);
        Assert.Contains(says, said, StringComparison.Ordinal);
        return said;
    }

    private async Task Console(int code, string says, params (string Key, string Value)[] variables) =>
        Assert.Contains(says, await Cluster.Console(code, "cluster", variables), StringComparison.Ordinal);

    private async Task Redis(params string[] arguments)
    {
        using var cli = Process.Start(new ProcessStartInfo("redis-cli", ["-p", Invariant($"{Cluster.Redis.Port}"), .. arguments]) { RedirectStandardOutput = true })!;
        await cli.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
