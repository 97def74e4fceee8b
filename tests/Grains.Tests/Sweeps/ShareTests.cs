namespace Distributed.Grains.Tests;

/// <summary>Weight and priority of a sweep that goes on.</summary>
public sealed class ShareTests(Cluster cluster) : IClassFixture<Cluster>
{
    [Fact]
    public async Task A_new_share_is_recorded_and_told_to_the_catalogue_and_outlives_the_activation()
    {
        var sweep = await cluster.NewSweep(spec => spec with { Weight = 3 }).WithBaseline();
        await sweep.Grain.SetShare(5, -2);
        Assert.Equal(new SweepRecord.ShareChanged(5, -2), (await sweep.Log()).Last(entry => entry.Record is SweepRecord.ShareChanged).Record);
        Assert.Equal((5, -2), await Listed(sweep));
        await sweep.Grain.SetShare(null, 4);
        Assert.Equal((5, 4), await Listed(sweep));
        await Cluster.Deactivate(sweep.Grain);
        await Cluster.Deactivate(Catalog);
        await sweep.Grain.Read(0, 1);
        Assert.Equal((5, 4), await Listed(sweep));
        var state = await sweep.State();
        Assert.Equal((5, 4, 3), (state.Weight, state.Priority, state.Spec?.Weight));
    }

    [Fact]
    public async Task The_share_that_it_has_is_not_recorded_again()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        await sweep.Grain.SetShare(1, 0);
        await sweep.Grain.SetShare(2, null);
        await sweep.Grain.SetShare(2, 0);
        Assert.Equal(new SweepRecord.ShareChanged(2, null), Assert.Single(await sweep.Log(), entry => entry.Record is SweepRecord.ShareChanged).Record);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task What_is_no_weight_is_refused_and_changes_nothing(double weight)
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        Assert.Equal("weight", (await Assert.ThrowsAsync<InvalidInputException>(() => sweep.Grain.SetShare(weight, 7))).Place);
        Assert.Equal(0, (await sweep.State()).Priority);
    }

    [Fact]
    public async Task A_sweep_that_is_not_there_or_has_ended_gets_none()
    {
        await Assert.ThrowsAsync<InvalidInputException>(() => cluster.NewSweep().Grain.SetShare(2, null));
        var sweep = await cluster.NewSweep().WithBaseline();
        await sweep.Grain.Cancel("test");
        Assert.Contains("has ended", (await Assert.ThrowsAsync<InvalidInputException>(() => sweep.Grain.SetShare(2, null))).Message, StringComparison.Ordinal);
    }

    private ICatalogGrain Catalog => cluster.Grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key);

    /// <summary>What the catalogue comes to know: a sweep tells it behind its answer.</summary>
    private async Task<(double Weight, int Priority)> Listed(SimulatedWorker sweep)
    {
        var state = await sweep.State();
        (double Weight, int Priority) listed = default;
        for (int i = 0; i < 10_000 && listed != (state.Weight, state.Priority); i++)
        {
            var one = (await Catalog.List()).Single(summary => summary.Name == sweep.Spec.Name);
            listed = (one.Weight, one.Priority);
        }

        return listed;
    }
}
