using System.Net;
using Distributed.Artifacts;
using Distributed.Grains;
using Distributed.Silo.Executors;
using Distributed.Silo.Measuring;
using Distributed.Silo.Telemetry;
using Distributed.Silo.Workers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Distributed.Silo.Serving;

/// <summary>Puts a silo together: Orleans on loopback, the grains, the store, the worker.</summary>
internal static class SiloComposition
{
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(30);

    /// <summary>The host of a silo on one machine.</summary>
    public static IHost Build(ServeSettings settings, OpenedStore store, ExecutorLaunch launch)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables();
        AddLogging(builder.Logging, settings);
        builder.UseOrleans(silo => AddOrleans(silo, settings));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(store.Logs);
        builder.Services.AddSweepGrains();
        builder.Services.AddSiloTelemetry();
        AddWorker(builder.Services, settings, launch);
        builder.Services.AddSingleton<IHostLifetime, SiloLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = LeaveLimit);
        return builder.Build();
    }

    private static void AddLogging(ILoggingBuilder logging, ServeSettings settings)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Distributed", LogLevel.Information);
        logging.AddProvider(new FileLog(Path.Combine(settings.Store, "silo-logs", "silo.log"), TimeProvider.System));
    }

    private static void AddOrleans(ISiloBuilder silo, ServeSettings settings)
    {
        silo.UseLocalhostClustering(settings.SiloPort, settings.GatewayPort, null, ServeSettings.Cluster, ServeSettings.Cluster);
        silo.AddActivityPropagation();
        silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            options.SiloListeningEndpoint = new(IPAddress.Loopback, settings.SiloPort);
            options.GatewayListeningEndpoint = new(IPAddress.Loopback, settings.GatewayPort);
        });
    }

    /// <summary>After Orleans, so that it is stopped before: leases are given back to a silo that still answers.</summary>
    private static void AddWorker(IServiceCollection services, ServeSettings settings, ExecutorLaunch launch)
    {
        WorkerOptions options = new() { Slots = settings.Slots };
        services.AddSingleton(options);
        services.AddSingleton(launch);
        services.AddSingleton<MeasuringGate>();
        services.AddSingleton(provider => new UnknownOutcome(provider.GetRequiredService<TimeProvider>(), options.Persistence));
        services.AddSingleton<SweepCalls>();
        services.AddSingleton<Heartbeats>();
        services.AddSingleton<SlotSurroundings>();
        services.AddHostedService<WorkerService>();
    }
}
