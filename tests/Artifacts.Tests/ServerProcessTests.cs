using System.Net.Sockets;
using Distributed.Testing;

namespace Distributed.Artifacts.Tests;

public sealed class ServerProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_keeps_what_it_acknowledged_when_it_is_killed_and_forgets_it_when_told_to()
    {
        Assert.SkipWhen(RedisServer.Absent is not null, RedisServer.Absent ?? "");
        await using var server = await RedisServer.New(Cancellation);
        Assert.Equal("+OK", await Ask(server, "SET name value"));
        await server.Kill();
        await server.Start(Cancellation);
        Assert.Equal("$5", await Ask(server, "GET name"));
        await server.Stop();
        server.Forget();
        await server.Start(Cancellation);
        Assert.Equal("$-1", await Ask(server, "GET name"));
    }

    private static async Task<string?> Ask(RedisServer server, string command)
    {
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", server.Port, Cancellation);
        using StreamWriter writer = new(client.GetStream()) { AutoFlush = true };
        using StreamReader reader = new(client.GetStream());
        await writer.WriteAsync(command + "\r\n");
        return await reader.ReadLineAsync(Cancellation);
    }
}
