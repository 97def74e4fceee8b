using System.Net;
using Distributed.Grains;
using Distributed.Membership;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Distributed.Silo.Serving;

/// <summary>Orleans as a silo of ours runs it.</summary>
internal static class SiloRuntime
{
    /// <summary>Ports, membership, and how fast a silo that died is noticed.</summary>
    public static void AddRuntime(this ISiloBuilder silo, ServeSettings settings)
    {
        if (settings.IsCluster) AddCluster(silo, settings);
        else silo.UseLocalhostClustering(settings.Listen.SiloPort, settings.Listen.GatewayPort, null, settings.Cluster.ServiceId, settings.Cluster.Id);
        silo.AddActivityPropagation();
        if (settings.OrleansDashboard) silo.AddDashboard(options => options.HideTrace = true);
        silo.Configure<SiloOptions>(options => options.SiloName = settings.Name);
        silo.Configure<EndpointOptions>(options =>
        {
            (options.SiloPort, options.GatewayPort) = (settings.Listen.SiloPort, settings.Controls ? settings.Listen.GatewayPort : 0);
            options.AdvertisedIPAddress = settings.IsCluster ? settings.Listen.Advertise : IPAddress.Loopback;
            options.SiloListeningEndpoint = new(settings.Listen.Address, settings.Listen.SiloPort);
            options.GatewayListeningEndpoint = settings.Controls ? new(settings.Listen.Address, settings.Listen.GatewayPort) : null;
        });
    }

    private static void AddCluster(ISiloBuilder silo, ServeSettings settings)
    {
        silo.UseCluster(settings.Cluster);
        silo.UseSiloMetadata(new Dictionary<string, string>
        {
            [SiloMetadataKeys.Role] = settings.Role.ToString(),
            [SiloMetadataKeys.Device] = settings.Slots is [var first, ..] ? first.Class : "none",
            [SiloMetadataKeys.Memory] = Invariant($"{settings.Slots.DistinctBy(slot => slot.Visible).Sum(slot => slot.MemoryBytes)}"),
        });
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            // With Orleans's own settings a killed silo is noticed after 12 s and a hung one after 64 s; so after 1 s and 9 s.
            options.ProbeTimeout = TimeSpan.FromSeconds(1);
            options.NumMissedProbesLimit = 2;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
            options.DefunctSiloExpiration = TimeSpan.FromHours(1);
            options.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
        });
    }
}
