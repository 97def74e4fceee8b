using Distributed.Sweeps;

namespace Distributed.Silo.Tests;

public sealed class ServeTests
{
    [Fact]
    public async Task A_sweep_runs_through_real_executors_to_its_end()
    {
        using TemporaryStore store = new();
        await using var silo = await StubSilo.Start(store.Folder);
        Assert.True(File.Exists(Path.Combine(store.Folder, "silo.json")));
        await silo.Sweep("demo").Launch(StubSilo.Spec("stub:steps=6,step-ms=2,noise=3"));
        var state = await silo.WatchToEnd("demo");
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Equal(7, state.Trials.Count);
        Assert.All(state.Trials, trial => Assert.True(trial.IsClosed));
        Assert.All(state.Trials, trial => Assert.Single(trial.Attempts));
        Assert.NotEmpty(state.Front);
        Assert.True(state.Hypervolume > 0);
        Assert.Equal(0, await silo.Leave());
        Assert.False(File.Exists(Path.Combine(store.Folder, "silo.json")));
    }
}
