using Distributed.Artifacts;
using Distributed.Grains;
using Distributed.Silo.Executors;
using Distributed.Silo.Health;
using Distributed.Silo.Measuring;
using Distributed.Silo.Notifying;
using Distributed.Silo.Reporting;
using Distributed.Silo.Telemetry;
using Distributed.Silo.Workers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Distributed.Silo.Serving;

/// <summary>Puts a silo together: Orleans, the grains, the store, the worker, and what tells of them.</summary>
internal static class SiloComposition
{
    /// <summary>Beside the drain: leases are given back, the grains' logs are closed, the others are told.</summary>
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(20);

    /// <summary>The host of a silo.</summary>
    public static IHost Build(ServeSettings settings, OpenedStore store, ExecutorLaunch launch)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables();
        builder.Logging.AddSiloLogging(settings);
        builder.UseOrleans(silo => silo.AddRuntime(settings));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton(store.Logs);
        builder.Services.AddSingleton<SiloEnd>();
        builder.Services.AddSweepGrains(options => options.OnReactivation = settings.IsCluster ? ReactivationRule.GoOn : ReactivationRule.WaitForLaunch);
        builder.Services.AddSiloTelemetry(settings);
        builder.Services.AddHealth(settings);
        AddWorker(builder.Services, settings, launch);
        builder.Services.AddWebhooks();
        builder.Services.AddSingleton<IHostLifetime, SiloLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = LeaveLimit + settings.DrainLimit);
        return builder.Build();
    }

    /// <summary>After Orleans, so that it is stopped before: leases are given back to a silo that still answers.</summary>
    private static void AddWorker(IServiceCollection services, ServeSettings settings, ExecutorLaunch launch)
    {
        WorkerOptions options = new() { Slots = settings.Slots, Name = settings.Name, DrainLimit = settings.DrainLimit, StallLimit = settings.StallLimit };
        services.AddSingleton(options);
        services.AddSingleton(launch with { PulseEvery = StallWatch.Glance(settings.StallLimit) });
        services.AddSingleton<MeasuringGate>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<HostTurn>(provider, settings.HostFolder));
        services.AddSingleton(provider => new UnknownOutcome(provider.GetRequiredService<TimeProvider>(), options.Persistence));
        services.AddSingleton<SweepCalls>();
        services.AddSingleton<Heartbeats>();
        services.AddSingleton<SlotSurroundings>();
        services.AddHostedService<SiloReporter>();
        services.AddHostedService<HostWatch>();
        services.AddHostedService<WorkerService>();
    }
}
