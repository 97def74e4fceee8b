using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Placement;

namespace Distributed.Grains;

/// <summary>Makes the grains ready in a silo.</summary>
public static class GrainsRegistration
{
    /// <summary>What the grains need, apart from the <see cref="ISweepLogStore"/>, which the silo chooses.</summary>
    public static IServiceCollection AddSweepGrains(this IServiceCollection services, Action<SweepOptions>? configure = null)
    {
        services.AddOptions<SweepOptions>().Configure(options => configure?.Invoke(options));
        services.TryAddSingleton(new SweepClock(TimeProvider.System));
        services.TryAddSingleton<ISweepSearch, SweepSearch>();
        services.TryAddSingleton<StartedSweeps>();
        services.TryAddSingleton<INotifier, NoNotifier>();
        services.TryAddSingleton<SweepSurroundings>();
        services.AddPlacementFilter<OnControlSilosStrategy, OnControlSilosDirector>(ServiceLifetime.Singleton);
        return services;
    }
}
