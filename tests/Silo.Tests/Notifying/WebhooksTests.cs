using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Distributed.Silo.Notifying;
using Distributed.Sweeps;
using Microsoft.Extensions.Logging.Abstractions;

namespace Distributed.Silo.Tests.Notifying;

public sealed class WebhooksTests
{
    private const string Secret = "a secret of the test";

    private static readonly Notification Told = new(
        "demo.1767323045000.17", NotifyEvent.Knee, new("demo"), new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), null, 4, 0.47, new(5, 0.958, 0.45, 0.062, 71_000), new(12, 3, 1));

    [Fact]
    public async Task A_post_holds_the_documented_body()
    {
        using HookServer server = new(204);
        using var hooks = Hooks();
        Assert.True(await hooks.Deliver(new() { Url = server.Url }, Told, TestContext.Current.CancellationToken));
        var (method, body, headers) = Assert.Single(server.Requests);
        Assert.Equal("POST", method);
        Assert.Equal("application/json; charset=utf-8", headers["Content-Type"]);
        Assert.Equal(Told.Id, headers["Distributed-Event-Id"]);
        Assert.Null(headers["Distributed-Signature"]);
        Assert.Equal(
            """{"id":"demo.1767323045000.17","event":"knee","sweep":"demo","time":"2026-01-02T03:04:05+00:00","front":4,"hypervolume":0.47,"knee":{"trial":5,"accuracy":0.958,"latencyRatio":0.45,"latencyMs":0.062,"bytes":71000},"trials":{"completed":12,"stopped":3,"failed":1}}""",
            body);
    }

    [Fact]
    public async Task The_signature_is_that_of_time_and_body()
    {
        using HookServer server = new(200);
        using var hooks = Hooks();
        Assert.True(await hooks.Deliver(Signed(server), Told, TestContext.Current.CancellationToken));
        var (_, body, headers) = Assert.Single(server.Requests);
        byte[] expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{headers["Distributed-Timestamp"]}.{body}"));
        Assert.Equal($"v1={Convert.ToHexStringLower(expected)}", headers["Distributed-Signature"]);
        var age = DateTimeOffset.UnixEpoch.AddSeconds(long.Parse(headers["Distributed-Timestamp"]!, System.Globalization.CultureInfo.InvariantCulture)) - TimeProvider.System.GetUtcNow();
        Assert.InRange(age.TotalMinutes, -5, 5);
        Assert.DoesNotContain(Secret, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_secret_nothing_is_sent()
    {
        using HookServer server = new(200);
        using var hooks = new Webhooks(Quick, TimeProvider.System, _ => null, NullLogger<Webhooks>.Instance);
        Assert.False(await hooks.Deliver(Signed(server), Told, TestContext.Current.CancellationToken));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task One_that_fails_is_tried_again_with_the_same_id()
    {
        using HookServer server = new(500, 503, 429, 200);
        using var hooks = Hooks();
        Assert.True(await hooks.Deliver(Signed(server), Told, TestContext.Current.CancellationToken));
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(Told.Id, Assert.Single(server.Requests.Select(request => request.Headers["Distributed-Event-Id"]).Distinct()));
        Assert.Single(server.Requests.Select(request => (string)JsonNode.Parse(request.Body)!["id"]!).Distinct());
    }

    [Fact]
    public async Task One_that_hangs_costs_a_try_and_no_more()
    {
        using HookServer server = new(HookServer.Never, 200);
        using var hooks = Hooks();
        Assert.True(await hooks.Deliver(Signed(server), Told, TestContext.Current.CancellationToken));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(404, 1)]
    [InlineData(302, 1)]
    [InlineData(500, 4)]
    public async Task One_that_never_takes_it_is_given_up(int status, int tries)
    {
        using HookServer server = new(status);
        using var hooks = Hooks();
        Assert.False(await hooks.Deliver(Signed(server), Told, TestContext.Current.CancellationToken));
        Assert.Equal(tries, server.Requests.Count);
    }

    [Fact]
    public async Task A_host_that_is_not_there_is_given_up_too()
    {
        string url;
        using (HookServer gone = new(200)) url = gone.Url;
        using var hooks = Hooks();
        Assert.False(await hooks.Deliver(new() { Url = url }, Told, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_silo_that_leaves_waits_for_what_is_on_its_way_but_not_for_ever()
    {
        using HookServer server = new(HookServer.Never);
        using var hooks = new Webhooks(new() { Timeout = TimeSpan.FromMinutes(5), Grace = TimeSpan.FromMilliseconds(50) }, TimeProvider.System, _ => Secret, NullLogger<Webhooks>.Instance);
        using CancellationTokenSource leaving = new();
        var delivery = hooks.Deliver(Signed(server), Told, leaving.Token);
        await hooks.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(delivery.IsCompleted);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivery);
    }

    private static WebhookOptions Quick { get; } = new()
    {
        Timeout = TimeSpan.FromSeconds(1),
        Tries = 4,
        FirstWait = TimeSpan.FromMilliseconds(1),
        LongestWait = TimeSpan.FromMilliseconds(2),
    };

    private static NotifySpec Signed(HookServer server) => new() { Url = server.Url, SecretEnv = "DISTRIBUTED_NOTIFY_SECRET" };

    private static Webhooks Hooks() => new(Quick, TimeProvider.System, name => name == "DISTRIBUTED_NOTIFY_SECRET" ? Secret : null, NullLogger<Webhooks>.Instance);
}
