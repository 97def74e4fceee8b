using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Distributed.Client.Sessions;

/// <summary>An Orleans client of one silo on this machine.</summary>
internal sealed class SiloConnection : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private readonly IHost _host;

    private SiloConnection(IHost host, SiloAddress address) => (_host, Address) = (host, address);

    /// <summary>To whom.</summary>
    public SiloAddress Address { get; }

    /// <summary>The silo's grains.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IClusterClient>();

    /// <summary>Connects.</summary>
    /// <exception cref="ClusterUnreachableException">The silo does not answer.</exception>
    public static async Task<SiloConnection> Open(SiloAddress address, TimeProvider time, CancellationToken cancellation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client
            .AddActivityPropagation()
            .UseLocalhostClustering(address.GatewayPort, address.ServiceId, address.ClusterId));
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellation).WaitAsync(Limit, time, cancellation);
            return new(host, address);
        }
        catch (Exception error) when (error is TimeoutException or OrleansException or IOException)
        {
            host.Dispose();
            throw new ClusterUnreachableException($"The silo at {address} does not answer: {error.Message}", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource abrupt = new();
        await abrupt.CancelAsync();
        await _host.StopAsync(abrupt.Token);
        _host.Dispose();
    }
}
