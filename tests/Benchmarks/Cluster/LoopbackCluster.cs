using System.Net;
using System.Net.Sockets;
using Distributed.Artifacts;
using Distributed.Contracts;
using Distributed.Grains;
using Distributed.Sweeps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Distributed.Benchmarks;

/// <summary>Silos of this process with the real grains and a real store, which speak to each other over loopback.</summary>
internal sealed class LoopbackCluster : IAsyncDisposable
{
    private readonly List<IHost> _silos = [];

    /// <summary>The cluster's name and its service's.</summary>
    public const string Id = "benchmark";

    private LoopbackCluster(ISweepLogStore logs) => Logs = logs;

    /// <summary>The logs.</summary>
    public ISweepLogStore Logs { get; }

    /// <summary>Where clients reach the first silo.</summary>
    public int GatewayPort { get; private init; }

    /// <summary>Starts so many silos.</summary>
    /// <param name="store">Their store.</param>
    /// <param name="silos">How many.</param>
    /// <param name="watched">Sees each call that a grain answers; null when nobody need.</param>
    public static async Task<LoopbackCluster> Start(StoreAddress store, int silos, IIncomingGrainCallFilter? watched = null)
    {
        var opened = StoreOpener.Open(store, TimeProvider.System);
        await opened.Reach();
        int[] ports = [.. Enumerable.Range(0, 2 * silos).Select(_ => FreePort())];
        LoopbackCluster cluster = new(opened.Logs) { GatewayPort = ports[1] };
        for (int i = 0; i < silos; i++)
        {
            var host = cluster.Build(ports[2 * i], ports[(2 * i) + 1], i == 0 ? null : new IPEndPoint(IPAddress.Loopback, ports[0]), watched);
            cluster._silos.Add(host);
            await host.StartAsync();
        }

        return cluster;
    }

    /// <summary>Grains as a silo calls them; those of another silo are called over a socket.</summary>
    public IGrainFactory Grains(int silo) => _silos[silo % _silos.Count].Services.GetRequiredService<IGrainFactory>();

    /// <summary>A sweep's grain.</summary>
    public ISweepGrain Sweep(SweepId name, int silo = 0) => Grains(silo).GetGrain<ISweepGrain>(name.Value);

    /// <summary>The catalogue.</summary>
    public ICatalogGrain Catalog(int silo) => Grains(silo).GetGrain<ICatalogGrain>(ICatalogGrain.Key);

    /// <summary>Calls again after the timeout of a call: on a loaded machine a long sweep comes to life more slowly than that.</summary>
    public static async Task<T> Patiently<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (TimeoutException)
            {
                // It is measured how long it takes in all.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Enumerable.Reverse(_silos))
        {
            await silo.StopAsync();
            silo.Dispose();
        }
    }

    private IHost Build(int siloPort, int gatewayPort, IPEndPoint? primary, IIncomingGrainCallFilter? watched)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Error).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, primary, Id, Id);
            if (watched is not null) silo.AddIncomingGrainCallFilter(watched);
            silo.Configure<EndpointOptions>(options =>
            {
                options.AdvertisedIPAddress = IPAddress.Loopback;
                options.SiloListeningEndpoint = new(IPAddress.Loopback, siloPort);
                options.GatewayListeningEndpoint = new(IPAddress.Loopback, gatewayPort);
            });
        });
        builder.Services.AddSingleton(Logs);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSweepGrains(options => options.OnReactivation = ReactivationRule.GoOn);
        return builder.Build();
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
