using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Distributed.Membership;

/// <summary>Before anything else is said on a connection, either end proves to the other that it belongs to the cluster and knows its secret.</summary>
/// <remarks>
/// Challenge and response, so that the secret is never sent and what is overheard cannot be used again: hello (with a nonce) both ways, then
/// HMAC-SHA256(secret, role ‖ own hello ‖ other hello), first by the end that connected, so that a stranger learns nothing to try secrets on.
/// The role in the proof keeps an end from being answered with its own. What is said afterwards is neither signed nor encrypted: see the threat model.
/// Without a secret the key is empty: the cluster and the protocol are compared all the same.
/// </remarks>
internal sealed partial class ConnectionProof(ClusterSettings cluster, ProofFailures failures, TimeProvider time, ILogger<ConnectionProof> logger)
{
    private const int ProofLength = HMACSHA256.HashSizeInBytes;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private readonly byte[] _key = Encoding.UTF8.GetBytes(cluster.Secret ?? "");

    /// <summary>Runs on the end that connected.</summary>
    public Task Connect(ConnectionContext connection, ConnectionDelegate next) => Run(connection, next, Ask);

    /// <summary>Runs on the end that was connected to.</summary>
    public Task Accept(ConnectionContext connection, ConnectionDelegate next) => Run(connection, next, Answer);

    private async Task Run(ConnectionContext connection, ConnectionDelegate next, Func<ProofExchange, Task<ProofResult>> prove)
    {
        var result = ProofResult.OtherProtocol;
        using CancellationTokenSource limit = new(Limit, time);
        try
        {
            result = await prove(new(connection.Transport, limit.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ConnectionResetException or InvalidOperationException or ConnectionAbortedException)
        {
            // It fell silent or went away; nothing was proven.
        }

        string other = connection.RemoteEndPoint?.ToString() ?? "an unknown address";
        if (result != ProofResult.Accepted)
        {
            failures.Add(other, result);
            LogRefused(other, result);
            await Hear(connection);
            connection.Abort(new ConnectionAbortedException($"The connection with {other} was refused: {result}."));
            return;
        }

        await next(connection);
    }

    /// <summary>Lets the other end read why it is refused, and close first: what is on its way is lost when a connection is cut.</summary>
    private async Task Hear(ConnectionContext connection)
    {
        using CancellationTokenSource limit = new(LastWords, time);
        try
        {
            await connection.Transport.Output.CompleteAsync();
            while (await connection.Transport.Input.ReadAsync(limit.Token) is { IsCompleted: false, IsCanceled: false } read)
                connection.Transport.Input.AdvanceTo(read.Buffer.End);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ConnectionResetException or InvalidOperationException or ConnectionAbortedException)
        {
            // It has gone, or stays and says nothing.
        }
    }

    private async Task<ProofResult> Ask(ProofExchange exchange)
    {
        var own = Hello.Of(cluster.Id);
        await exchange.Write(own.Encode());
        if (await exchange.ReadHello() is not { Protocol: Hello.CurrentProtocol } other) return ProofResult.OtherProtocol;
        if (other.Cluster != own.Cluster) return ProofResult.OtherCluster;
        await exchange.Write(Proof("connects", own, other));
        var verdict = (ProofResult)(await exchange.Read(1))[0];
        if (verdict != ProofResult.Accepted) return verdict;
        byte[] theirs = await exchange.Read(ProofLength);
        return CryptographicOperations.FixedTimeEquals(theirs, Proof("accepts", other, own)) ? ProofResult.Accepted : ProofResult.OtherSecret;
    }

    private async Task<ProofResult> Answer(ProofExchange exchange)
    {
        if (await exchange.ReadHello() is not { } other) return ProofResult.OtherProtocol;
        var own = Hello.Of(cluster.Id);
        await exchange.Write(own.Encode());
        if (other.Protocol != own.Protocol) return ProofResult.OtherProtocol;
        if (other.Cluster != own.Cluster) return ProofResult.OtherCluster;
        byte[] theirs = await exchange.Read(ProofLength);
        var verdict = CryptographicOperations.FixedTimeEquals(theirs, Proof("connects", other, own)) ? ProofResult.Accepted : ProofResult.OtherSecret;
        await exchange.Write([(byte)verdict]);
        if (verdict == ProofResult.Accepted) await exchange.Write(Proof("accepts", own, other));
        return verdict;
    }

    /// <summary>Known only to who knows the secret, and good for this connection only.</summary>
    private byte[] Proof(string role, Hello own, Hello other) => HMACSHA256.HashData(_key, (byte[])[.. Encoding.UTF8.GetBytes(role), 0, .. own.Encode(), .. other.Encode()]);

    [LoggerMessage(LogLevel.Warning, "The connection with {Other} was refused: {Result}")]
    private partial void LogRefused(string other, ProofResult result);
}
