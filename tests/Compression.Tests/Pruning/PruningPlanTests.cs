using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Compression.Tests.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Pruning;

public sealed class PruningPlanTests
{
    private readonly ModelGrouping _grouping = ChannelGroups.Of(Models.Small("lenet", size: 16));

    [Fact]
    public void A_plan_survives_its_json_and_keeps_its_hash()
    {
        var plan = RandomNetworks.Plan(_grouping, new(1, "tests/plan"));
        var again = PruningPlan.FromJson(plan.ToJson(), _grouping);
        Assert.Equal(plan.ToJson(), again.ToJson());
        Assert.Equal(plan.Hash(), again.Hash());
        Assert.NotEqual(plan.Hash(), PruningPlan.Dense(_grouping).Hash());
    }

    [Fact]
    public void A_dense_plan_cuts_nothing_and_slicing_by_it_changes_nothing()
    {
        var network = Models.Small("lenet", size: 16);
        var plan = PruningPlan.Dense(_grouping);
        Assert.Empty(plan.Initializers);
        Assert.Equal(network.Initializers.Keys.Order(), Slicer.Apply(network, _grouping, plan).Initializers.Keys.Order());
    }

    [Fact]
    public void An_emptied_family_is_refused_with_its_name_and_a_remedy()
    {
        var error = Assert.Throws<InvalidInputException>(() => PruningPlan.Of(_grouping, [[0], [], [0]]));
        Assert.Equal("layer 'conv2': pruning leaves none of its 64 channels. Lower the ratio to 0.984 or less, or name the layer under 'keep' in the sweep file.", error.Message);
    }

    [Fact]
    public void A_unit_that_does_not_exist_is_refused() =>
        Assert.Contains("unit 32", Assert.Throws<InvalidInputException>(() => PruningPlan.Of(_grouping, [[0, 32], [0], [0]])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_plan_of_another_model_is_refused() => Assert.Contains("plan.json", Assert.Throws<InvalidInputException>(() =>
        PruningPlan.FromJson(PruningPlan.Dense(_grouping).ToJson(), ChannelGroups.Of(Models.Small("resnet-8")))).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_that_is_no_plan_is_refused() =>
        Assert.Equal("plan.json", Assert.Throws<InvalidInputException>(() => PruningPlan.FromJson("{", _grouping)).Place);

    [Fact]
    public void The_best_units_stay_and_ties_keep_the_lower_index()
    {
        double[][] scores = [[.. Enumerable.Repeat(1.0, 32)], [.. Enumerable.Range(0, 64).Select(unit => (double)unit)], [.. Enumerable.Repeat(1.0, 256)]];
        var plan = PlanBuilder.Build(_grouping, scores, [3, 2, 256]);
        Assert.Equal([0, 1, 2], plan.Families[0].Kept);
        Assert.Equal([62, 63], plan.Families[1].Kept);
        Assert.Equal(256, plan.Families[2].Kept.Count);
    }
}
