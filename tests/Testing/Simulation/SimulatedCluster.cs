using Distributed.Contracts;
using Distributed.Grains;
using Distributed.Sweeps;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Distributed.Testing;

/// <summary>A silo in this process, with the real grains, logs in memory and a clock of its own for leases and budgets.</summary>
public sealed class SimulatedCluster : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private SimulatedCluster(InProcessTestCluster cluster, TimeProvider time, MemorySweepLogStore logs) =>
        (_cluster, Time, Logs) = (cluster, time, logs);

    /// <summary>The time that leases and budgets go by.</summary>
    public TimeProvider Time { get; }

    /// <summary>The logs.</summary>
    public MemorySweepLogStore Logs { get; }

    /// <summary>Finds grains.</summary>
    public IGrainFactory Grains => _cluster.Client;

    /// <summary>Starts one.</summary>
    /// <param name="time">The clock of leases and budgets.</param>
    /// <param name="configure">Changes the grains' settings.</param>
    public static async Task<SimulatedCluster> Start(TimeProvider time, Action<SweepOptions>? configure = null)
    {
        MemorySweepLogStore logs = new(time);
        InProcessTestClusterBuilder builder = new(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<ISweepLogStore>(logs);
            silo.Services.AddSingleton(new SweepClock(time));
            silo.Services.AddSweepGrains(configure);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, time, logs);
    }

    /// <summary>One whose clock is moved by the sweep that runs on it: nothing happens by real time, and slots wait for every suggestion.</summary>
    public static async Task<(SimulatedCluster Cluster, SimulatedClock Clock)> StartSimulated()
    {
        SimulatedClock clock = new();
        return (await Start(clock, options => (options.Tick, options.Patience) = (TimeSpan.FromHours(1), TimeSpan.FromMinutes(2))), clock);
    }

    /// <summary>A sweep's grain.</summary>
    public ISweepGrain Sweep(SweepId name) => Grains.GetGrain<ISweepGrain>(name.Value);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
