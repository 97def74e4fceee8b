using Distributed.Artifacts;
using Distributed.Silo.Serving;
using Distributed.Silo.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Distributed.Silo.Health;

/// <summary>Adds what looks after a silo's health.</summary>
internal static class HealthRegistration
{
    /// <summary>The pages where a port is set, the watch over the membership in a cluster.</summary>
    public static void AddHealth(this IServiceCollection services, ServeSettings settings)
    {
        services.AddSingleton<ExecutorStarts>();
        if (settings.IsCluster)
        {
            services.AddSingleton<MembershipWatch>();
            services.AddHostedService(provider => provider.GetRequiredService<MembershipWatch>());
        }

        services.AddSingleton(provider => new ReadyChecks(
            provider.GetRequiredService<OpenedStore>(),
            provider.GetRequiredService<ExecutorStarts>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<MembershipWatch>()));
        if (settings.Listen.HealthPort is not null) services.AddHostedService<HealthPages>();
    }
}
