namespace Distributed.Grains.Tests;

public sealed class ClusterGrainTests(Cluster cluster) : IClassFixture<Cluster>
{
    private IClusterGrain Grain => cluster.Grains.GetGrain<IClusterGrain>(IClusterGrain.Key);

    [Fact]
    public async Task A_silo_is_shown_as_it_reported_last_then_as_silent_and_then_not_at_all()
    {
        SlotWork work = new(new("demo"), new(3), 2, TrialPhase.FineTuning, cluster.Time.GetUtcNow());
        await Grain.Report(Silo("fading"));
        await Grain.Report(Silo("fading") with { Slots = [new() { Name = "fading/0", Device = "cpu", Work = work }] });
        Assert.Equal((work, false), (Assert.Single((await Find("fading"))!.Report.Slots).Work, (await Find("fading"))!.IsSilent));
        cluster.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.True((await Find("fading"))!.IsSilent);
        cluster.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(await Find("fading"));
    }

    [Fact]
    public async Task A_silo_that_leaves_in_order_is_gone_at_once()
    {
        await Grain.Report(Silo("leaving"));
        await Grain.Leave("leaving");
        Assert.Null(await Find("leaving"));
    }

    private static SiloReport Silo(string name) => new() { Name = name, Host = "h", Role = SiloRole.Worker, Version = "1", Address = "127.0.0.1:1" };

    private async Task<SiloView?> Find(string name) => (await Grain.Silos()).SingleOrDefault(silo => silo.Report.Name == name);
}
