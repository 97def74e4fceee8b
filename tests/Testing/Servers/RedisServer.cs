using System.Diagnostics;
using System.Net.Sockets;

namespace Distributed.Testing;

/// <summary>redis-server on loopback; every write is on the disk before it is acknowledged (AOF, fsync always).</summary>
public sealed class RedisServer : ServerProcess
{
    private RedisServer()
    {
    }

    /// <summary>Why none can be started here; null when one can. For Assert.SkipWhen.</summary>
    public static string? Absent => OnPath("redis-server") is null ? "redis-server is not installed; tests/servers installs it." : null;

    /// <summary>As StackExchange.Redis takes it.</summary>
    public string ConnectionString => Invariant($"127.0.0.1:{Port},abortConnect=false");

    /// <summary>Starts an empty one.</summary>
    public static async Task<RedisServer> New(CancellationToken cancellation = default)
    {
        RedisServer server = new();
        await server.Start(cancellation);
        return server;
    }

    /// <summary>Throws all data away while it is stopped, as a machine does that lost its disk.</summary>
    public void Forget()
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(Folder))
        {
            if (Directory.Exists(entry)) Directory.Delete(entry, recursive: true);
            else File.Delete(entry);
        }
    }

    /// <inheritdoc/>
    protected override ProcessStartInfo Program() => new(OnPath("redis-server")!,
    [
        "--bind", "127.0.0.1", "--port", Invariant($"{Port}"), "--dir", Folder, "--appendonly", "yes", "--appendfsync", "always", "--save", "",
    ]);

    /// <inheritdoc/>
    protected override async Task<bool> Answers(CancellationToken cancellation)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync("127.0.0.1", Port, cancellation);
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellation);
            byte[] answer = new byte[5];
            return await stream.ReadAtLeastAsync(answer, 5, throwOnEndOfStream: false, cancellation) == 5 && answer.AsSpan().SequenceEqual("+PONG"u8);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
