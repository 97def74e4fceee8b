namespace Distributed.Grains.Tests;

public sealed class NoticeTests(Cluster cluster) : IClassFixture<Cluster>
{
    private static readonly NotifySpec Hook = new() { Url = "https://example.org/hook" };

    [Fact]
    public async Task Each_knee_and_the_end_are_told_once_and_recorded()
    {
        var sweep = await Told(cluster.NewSweep(spec => spec with { Notify = Hook }));
        var told = cluster.Notifier.Taken(sweep.Spec.Name);
        Assert.Contains(told, one => one.Event == NotifyEvent.Knee && one is { Front: >= 3, Knee: not null });
        var end = Assert.Single(told, one => one.Event == NotifyEvent.Finished);
        Assert.Equal(6, end.Trials.Completed);
        Assert.Equal((await sweep.State()).Hypervolume, end.Hypervolume);
        Assert.Equal(told.Count, told.Select(one => one.Id).Distinct().Count());
        Assert.Equal(told.Count, (await sweep.Log()).Count(entry => entry.Record is SweepRecord.Notified));
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_told_and_nobody_where_nobody_asked()
    {
        var one = await Told(cluster.NewSweep(spec => spec with { Notify = Hook with { Events = [NotifyEvent.Finished] } }));
        Assert.Equal(NotifyEvent.Finished, Assert.Single(cluster.Notifier.Taken(one.Spec.Name)).Event);
        var none = await cluster.NewSweep().WithBaseline();
        await none.RunToEnd();
        Assert.Empty(cluster.Notifier.Taken(none.Spec.Name));
    }

    [Fact]
    public async Task What_no_webhook_took_is_sent_by_the_next_activation_with_the_same_id()
    {
        cluster.Notifier.Refuses = true;
        var sweep = await cluster.NewSweep(spec => spec with { Notify = Hook with { Events = [NotifyEvent.Finished] } }).WithBaseline();
        await sweep.RunToEnd();
        string id = (await cluster.Notifier.Next(sweep.Spec.Name)).Id;
        Assert.DoesNotContain(await sweep.Log(), entry => entry.Record is SweepRecord.Notified);
        cluster.Notifier.Refuses = false;
        await Cluster.Deactivate(sweep.Grain);
        await Recorded(sweep, 1);
        Assert.Equal(id, Assert.Single(cluster.Notifier.Taken(sweep.Spec.Name)).Id);
        await Cluster.Deactivate(sweep.Grain);
        await sweep.Grain.Read(0, 1);
        Assert.Single(cluster.Notifier.Taken(sweep.Spec.Name));
    }

    [Fact]
    public async Task An_ended_sweep_that_has_something_to_tell_is_woken_by_a_new_catalogue()
    {
        cluster.Notifier.Refuses = true;
        var sweep = await cluster.NewSweep(spec => spec with { Notify = Hook with { Events = [NotifyEvent.Finished] } }).WithBaseline();
        await sweep.RunToEnd();
        await cluster.Notifier.Next(sweep.Spec.Name);
        cluster.Notifier.Refuses = false;
        await Cluster.Deactivate(sweep.Grain);
        var catalog = cluster.Grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key);
        await Cluster.Deactivate(catalog);
        for (int i = 0; i < 20_000 && cluster.Notifier.Taken(sweep.Spec.Name).Count == 0; i++) await catalog.List();
        Assert.Equal(NotifyEvent.Finished, Assert.Single(cluster.Notifier.Taken(sweep.Spec.Name)).Event);
    }

    [Fact]
    public async Task A_webhook_that_hangs_holds_nothing_up()
    {
        cluster.Notifier.Hangs = true;
        try
        {
            var sweep = await cluster.NewSweep(spec => spec with { Notify = Hook }).WithBaseline();
            await sweep.RunToEnd();
            Assert.Equal(SweepStatus.Finished, (await sweep.State()).Status);
        }
        finally
        {
            cluster.Notifier.Hangs = false;
        }
    }

    [Theory]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("https://me:secret@example.org", null)]
    [InlineData("https://example.org", "DISTRIBUTED_STORE_CONNECTION")]
    public async Task A_webhook_that_cannot_be_is_refused_whoever_launches(string url, string? secret)
    {
        var sweep = cluster.NewSweep(spec => spec with { Notify = new() { Url = url, SecretEnv = secret } });
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => sweep.Grain.Launch(sweep.Spec));
        Assert.StartsWith("notify.", error.Place, StringComparison.Ordinal);
    }

    /// <summary>Runs a sweep to its end and waits until everything is told.</summary>
    private static async Task<SimulatedWorker> Told(SimulatedWorker sweep)
    {
        await sweep.WithBaseline();
        await sweep.RunToEnd();
        NoticePlan plan = new(sweep.Spec.Name);
        foreach (var entry in (await sweep.Log()).Where(entry => entry.Record is not SweepRecord.Notified)) plan.Apply(entry);
        await Recorded(sweep, plan.Due.Count);
        return sweep;
    }

    private static async Task Recorded(SimulatedWorker sweep, int count)
    {
        while ((await sweep.Log()).Count(entry => entry.Record is SweepRecord.Notified) < count)
        {
            await sweep.Grain.Read(0, 1);
            await Task.Yield();
        }
    }
}
