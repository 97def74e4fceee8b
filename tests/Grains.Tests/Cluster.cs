using Distributed.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Core.Internal;
using Orleans.TestingHost;

namespace Distributed.Grains.Tests;

/// <summary>A silo in this process with logs in memory, and a clock that only tests move.</summary>
public sealed class Cluster : IAsyncLifetime
{
    private static int _names;
    private InProcessTestCluster? _cluster;

    public FakeTimeProvider Time { get; } = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public MemorySweepLogStore Logs { get; }

    public RecordingNotifier Notifier { get; } = new();

    public FailingSearch Search { get; } = new();

    public Cluster() => Logs = new(Time);

    public IGrainFactory Grains => _cluster!.Client;

    public async ValueTask InitializeAsync()
    {
        InProcessTestClusterBuilder builder = new(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<ISweepLogStore>(Logs);
            silo.Services.AddSingleton(new SweepClock(Time));
            silo.Services.AddSingleton<INotifier>(Notifier);
            silo.Services.AddSingleton<ISweepSearch>(Search);
            silo.Services.AddSweepGrains(options => options.Tick = TimeSpan.FromMilliseconds(100));
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync() => await _cluster!.DisposeAsync();

    /// <summary>A sweep of its own, and its worker.</summary>
    public SimulatedWorker NewSweep(Func<SweepSpec, SweepSpec>? change = null)
    {
        SweepSpec spec = new()
        {
            Name = new($"s{Interlocked.Increment(ref _names)}"),
            Model = new() { Zoo = "stub" },
            Dataset = new() { Format = "shapes" },
            Space = new([new Parameter.Real("ratio", 0, 0.75, PerFamily: true), new Parameter.Real("learning-rate", 0.001, 0.1, Scale.Log)]),
            Budget = new() { Trials = 6 },
            Sampler = new() { Name = "sobol" },
        };
        spec = change?.Invoke(spec) ?? spec;
        return new(Grains.GetGrain<ISweepGrain>(spec.Name.Value), spec, this);
    }

    /// <summary>Ends the activation of a grain; the next call makes a new one from the log.</summary>
    public static async Task Deactivate(IGrain grain)
    {
        try
        {
            await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        }
        catch (OrleansMessageRejectionException)
        {
            // It met an activation that was ending and was forwarded until that was too often: what was asked for has happened.
        }
    }
}
