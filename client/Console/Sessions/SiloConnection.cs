using Distributed.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Distributed.Client.Sessions;

/// <summary>An Orleans client of one silo on this machine, or of a cluster.</summary>
internal sealed class SiloConnection : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(3);
    private readonly IHost _host;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost;

    private SiloConnection(IHost host, string place, TimeProvider time, CancellationTokenSource lost) => (_host, Place, _time, _lost) = (host, place, time, lost);

    /// <summary>To whom, for messages: "The silo at …".</summary>
    public string Place { get; }

    /// <summary>
    /// Cancelled when the one silo on this machine closed its connection, as the kernel does for one that is killed, or did not take it, and when we close
    /// it; for good: whoever wants to go on connects anew. No silo of a cluster cancels it: there another one takes over.
    /// </summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>The silo's grains.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IClusterClient>();

    /// <summary>The error of one that does not answer.</summary>
    public string Says(string why) => $"{Place} {(Place.StartsWith("No ", StringComparison.Ordinal) ? "answers" : "does not answer")}: {why}";

    /// <summary>Connects to a silo on this machine.</summary>
    /// <exception cref="ClusterUnreachableException">The silo does not answer.</exception>
    public static Task<SiloConnection> Open(SiloAddress address, TimeProvider time, CancellationToken cancellation)
    {
        // Without it whoever waits for an answer of a silo that was killed learns of that when the time for the answer is over.
        CancellationTokenSource lost = new();
        return Open(
            $"The silo at {address}",
            client => client.UseLocalhostClustering(address.GatewayPort, address.ServiceId, address.ClusterId).AddClusterConnectionLostHandler((_, _) => _ = lost.CancelAsync()),
            "",
            time,
            lost,
            cancellation);
    }

    /// <summary>Connects to a cluster, through any of its control silos.</summary>
    /// <exception cref="ClusterUnreachableException">None answers, or it refuses us.</exception>
    public static Task<SiloConnection> Open(ClusterSettings cluster, TimeProvider time, CancellationToken cancellation)
    {
        string place = cluster.Gateways.Count > 0
            ? $"No control silo of the cluster '{cluster.Id}' at {string.Join(", ", cluster.Gateways)}"
            : $"No control silo of the {cluster}";
        return Open(
            place,
            client => client.UseCluster(cluster),
            " Start one, correct Distributed:Cluster:Id or Distributed:Cluster:Gateways, or wait for it with --wait 60s.",
            time,
            new(),
            cancellation);
    }

    /// <summary>Ends at once, and with it every call and watch. The client of a silo that is gone may wait for its last answer for ever: it is left to itself, and ends with the process.</summary>
    public async ValueTask DisposeAsync()
    {
        await _lost.CancelAsync();
        using CancellationTokenSource abrupt = new();
        await abrupt.CancelAsync();
        await Within(_host.StopAsync(abrupt.Token));
        await Within(Release());
    }

    private async Task Within(Task end)
    {
        try
        {
            await end.WaitAsync(EndLimit, _time);
        }
        catch (TimeoutException)
        {
            // Nothing is left to be done by it, and nothing waits for it.
        }
    }

    private async Task Release()
    {
        if (_host is IAsyncDisposable later) await later.DisposeAsync();
        else _host.Dispose();
    }

    private static async Task<SiloConnection> Open(
        string place, Action<IClientBuilder> connect, string remedy, TimeProvider time, CancellationTokenSource lost, CancellationToken cancellation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => connect(client.AddActivityPropagation()));
        var host = builder.Build();
        SiloConnection connection = new(host, place, time, lost);
        try
        {
            await host.StartAsync(cancellation).WaitAsync(Limit, time, cancellation);
            return connection;
        }
        catch (Exception error) when (error is TimeoutException or OrleansException or IOException)
        {
            string why = host.Services.GetService<ProofFailures>()?.Last ?? $"{error.Message.TrimEnd('.')}.{remedy}";
            await connection.Within(connection.Release());
            throw new ClusterUnreachableException(connection.Says(why), error);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
