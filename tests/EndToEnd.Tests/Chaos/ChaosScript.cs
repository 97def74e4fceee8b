using Distributed.Sweeps;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>What is done to a cluster while it works: every kind of fault once, in an order and at times that a seed gives.</summary>
internal sealed class ChaosScript
{
    private readonly List<(TimeSpan After, string What, Func<ClusterUnderTest, SweepId, Task> Do)> _steps;

    public ChaosScript(ulong seed)
    {
        Seed = seed;
        SeededRandom random = new(seed, "chaos");
        int Worker() => random.Next(3);
        TimeSpan Seconds(int least, int most) => TimeSpan.FromSeconds(least + random.Next(most - least + 1));
        (string, Func<ClusterUnderTest, SweepId, Task>)[] faults =
        [
            Of(Worker(), worker => ($"kill -9 worker {worker}", (cluster, _) => cluster.Workers.ElementAt(worker).Signal("KILL"))),
            Of(Worker(), worker => ($"kill -9 worker {worker}", (cluster, _) => cluster.Workers.ElementAt(worker).Signal("KILL"))),
            Of((Worker(), Seconds(2, 6)), at => ($"stop worker {at.Item1} for {at.Item2}", (cluster, _) => Freeze(cluster.Workers.ElementAt(at.Item1), at.Item2))),
            Of((Worker(), Seconds(15, 25)), at => ($"stop worker {at.Item1} for {at.Item2}", (cluster, _) => Freeze(cluster.Workers.ElementAt(at.Item1), at.Item2))),
            Of(Worker(), worker => ($"SIGTERM to worker {worker}", (cluster, _) => cluster.Workers.ElementAt(worker).Signal("TERM"))),
            ("kill -9 the sweep's control silo", async (cluster, sweep) => await (await cluster.OwnerOf(sweep) ?? cluster.Controls.First()).Signal("KILL")),
            Of(Seconds(5, 15), time => ($"stop the sweep's control silo for {time}", async (cluster, sweep) => await Freeze(await cluster.OwnerOf(sweep) ?? cluster.Controls.First(), time))),
            Of(random.Next(2), control => ($"SIGTERM to control silo {control}", (cluster, _) => cluster.Controls.ElementAt(control).Signal("TERM"))),
            ("kill -9 Redis and start it again", async (cluster, _) =>
            {
                await cluster.Redis.Kill();
                await cluster.Redis.Start();
            }),
            Of(Seconds(3, 8), time => ($"stop Redis for {time}", (cluster, _) => Freeze(cluster.Redis.Freeze, cluster.Redis.Thaw, time))),
            Of(Seconds(3, 10), time => ($"stop the store for {time}", (cluster, _) => cluster.Azurite is { } store ? Freeze(store.Freeze, store.Thaw, time) : Task.CompletedTask)),
            ("stop Azurite and start it again", async (cluster, _) =>
            {
                if (cluster.Azurite is not { } store) return;
                await store.Stop();
                await store.Start();
            }),
        ];
        random.Shuffle(faults);
        _steps = [.. faults.Select(fault => (TimeSpan.FromMilliseconds(500 + random.Next(3500)), fault.Item1, fault.Item2))];
    }

    /// <summary>Gives order and times.</summary>
    public ulong Seed { get; }

    /// <summary>What happened, for people.</summary>
    public IReadOnlyList<string> Story => [.. _steps.Select(step => Invariant($"+{step.After.TotalSeconds:0.0} s {step.What}"))];

    /// <summary>Does it all, and returns when every frozen process runs again.</summary>
    public async Task Run(ClusterUnderTest cluster, SweepId sweep)
    {
        List<Task> going = [];
        var server = Task.CompletedTask;
        foreach (var (after, what, act) in _steps)
        {
            await Task.Delay(after, TimeProvider.System, TestContext.Current.CancellationToken);
            // One thing at a time happens to a server: it cannot be started while it is frozen.
            if (what.Contains("Redis", StringComparison.Ordinal) || what.Contains("tore", StringComparison.Ordinal) || what.Contains("Azurite", StringComparison.Ordinal))
                going.Add(server = server.ContinueWith(_ => act(cluster, sweep), TaskScheduler.Default).Unwrap());
            else going.Add(act(cluster, sweep));
        }

        await Task.WhenAll(going);
    }

    private static (string, Func<ClusterUnderTest, SweepId, Task>) Of<T>(T value, Func<T, (string, Func<ClusterUnderTest, SweepId, Task>)> make) => make(value);

    private static Task Freeze(SupervisedSilo silo, TimeSpan time) => Freeze(() => silo.Signal("STOP"), () => silo.Signal("CONT"), time);

    private static async Task Freeze(Func<Task> stop, Func<Task> go, TimeSpan time)
    {
        await stop();
        await Task.Delay(time, TimeProvider.System);
        await go();
    }
}
