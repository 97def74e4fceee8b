namespace Distributed.Grains.Tests;

/// <summary>What the catalogue knows of a sweep whose announcements fail.</summary>
public sealed class AnnouncingTests(Cluster cluster) : IClassFixture<Cluster>
{
    [Fact]
    public async Task A_sweep_is_announced_after_a_catalogue_that_could_not_come_to_life()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        var catalog = cluster.Grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key);
        TaskCompletionSource refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Logs.BeforeList = () =>
        {
            refused.TrySetResult();
            throw new UnauthorizedAccessException("The store refuses.");
        };
        await Cluster.Deactivate(catalog);
        await sweep.Grain.Pause("a test");
        await refused.Task;
        cluster.Logs.BeforeList = null;

        // This catalogue reads the log, which says so; what comes after it only the sweep tells.
        await Known(catalog, sweep, SweepStatus.Paused);
        await sweep.Grain.Resume();
        await Known(catalog, sweep, SweepStatus.Running);
    }

    private static async Task Known(ICatalogGrain catalog, SimulatedWorker sweep, SweepStatus status)
    {
        SweepStatus? known = null;
        for (int i = 0; i < 200 && known != status; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            known = (await catalog.List()).SingleOrDefault(summary => summary.Name == sweep.Spec.Name)?.Status;
        }

        Assert.Equal(status, known);
    }
}
