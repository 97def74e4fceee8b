using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Tests.Pruning;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Grouping;

/// <summary>Where channels stand in groups, both ways are offered and both keep the oracle.</summary>
public sealed class ClosureTests
{
    private const int Side = 3;

    private static Network Encoder(string name, Func<NetworkBuilder, string, string> attention) => HandBuilt.Of(name, net =>
    {
        string x = Attention.Tokens(net, "tokens", net.Conv("patches", net.Input(3, 2 * Side, 2 * Side), 10, kernel: 2, stride: 2, bias: true));
        x = net.Add("Concat", "with.class", [net.Constant("class", new FloatTensor([1, 1, 10], [.. Enumerable.Range(0, 10).Select(i => 0.3f - (0.1f * i))])), x], ("axis", 1L));
        x = net.Add("Add", "attended", [x, attention(net, Attention.Normalized(net, "norm", x))]);
        x = net.Add("Gather", "class.token", [x, net.Constant("first", new IntegerTensor([], [0]))], ("axis", 1L));
        return net.Dense("head", x, 5);
    });

    [Fact]
    public void Heads_of_separate_products_shrink_or_go()
    {
        var network = OfOne(Encoder("separate", (net, x) => Attention.Separate(net, "a", x, heads: 4, dimension: 6)));
        Assert.Equal(["patches:10", "a.query:6", "a.value:6"], HandBuilt.Describe(HandBuilt.Checked(network)));
        Assert.Equal(["patches:10", "a.query:4"], HandBuilt.Other(network));
    }

    [Fact]
    public void Heads_of_a_packed_product_shrink_or_go()
    {
        var network = OfOne(Encoder("packed", (net, x) => Attention.Packed(net, "a", x, heads: 4, dimension: 6)));
        Assert.Equal(["patches:10", "a.qkv:6"], HandBuilt.Describe(HandBuilt.Checked(network)));
        Assert.Equal(["patches:10", "a.qkv:4"], HandBuilt.Other(network));
        var head = ChannelGroups.All(network)[1].Families[1].Units[2];
        int[] rows = [.. Enumerable.Range(0, 3).SelectMany(part => Enumerable.Range((part * 24) + 12, 6))];
        Assert.Equal(rows, head.Members.Single(member => member is { Initializer: "a.qkv.weight", Axis: 1 }).Indices);
    }

    /// <summary>A class token without an open batch fixes the batch at 1.</summary>
    private static Network OfOne(Network network) => network with
    {
        Inputs = [network.Inputs[0] with { Shape = network.Inputs[0].Shape.SetItem(0, 1) }],
        Outputs = [network.Outputs[0] with { Shape = network.Outputs[0].Shape.SetItem(0, 1) }],
    };

    [Fact]
    public void Groups_of_a_convolution_go_whole_or_get_narrower()
    {
        var network = HandBuilt.Of("next", net =>
        {
            string x = HandBuilt.Stem(net, 12);
            string y = net.Relu("r1", net.Conv("grouped", net.Relu("r0", net.Conv("in", x, 12, kernel: 1)), 18, kernel: 3, pad: 1, group: 6));
            return net.PooledHead(net.Add("Add", "sum", [x, net.Conv("out", y, 12, kernel: 1)]), 5);
        });
        Assert.Equal(["stem:12", "in:6"], HandBuilt.Describe(HandBuilt.Checked(network)));
        Assert.Equal(["stem:12", "in:2", "grouped:3"], HandBuilt.Other(network));
    }

    [Fact]
    public void A_network_without_groups_leaves_no_choice() => Assert.Single(ChannelGroups.All(Models.Small("resnet-8")));

    [Theory]
    [InlineData("resnet-8")]
    [InlineData("vit-tiny")]
    [InlineData("mobilenet-v2")]
    public void The_grouping_after_a_plan_is_that_of_the_sliced_network(string name)
    {
        var network = Models.Small(name, size: 16);
        foreach (var grouping in ChannelGroups.All(network))
        {
            var plan = RandomNetworks.Plan(grouping, new(5, "tests/after"), least: 2);
            var sliced = Slicer.Apply(network, grouping, plan);
            var (after, anew) = (GroupingAfter.Of(grouping, plan), ChannelGroups.Of(sliced, grouping.Closure));
            Assert.True(after.IsLike(anew), name);
            Assert.Equal(anew.FirstUnits, after.FirstUnits);
            Assert.Equal(anew.Initializers.Where(pair => pair.Value.Any(unit => unit >= 0)).Select(pair => (pair.Key, Text(pair.Value))), after.Initializers.Where(pair => pair.Value.Any(unit => unit >= 0)).Select(pair => (pair.Key, Text(pair.Value))));
            Assert.All(after.Values, pair => Assert.Equal(anew.Values[pair.Key].Shape, pair.Value.Shape));
        }

        static string Text(IEnumerable<int> units) => string.Join(',', units);
    }

    /// <summary>Heads of which one is left are still a family, and the next step goes on with the closure that the trial began with.</summary>
    [Fact]
    public void Steps_of_a_trial_keep_their_closure()
    {
        var network = Models.Small("vit-tiny", size: 16);
        var profile = DenseProfile.Of(network, 1_000_000, 1, _ => []);
        var trial = new TrialGrouping(profile, new([KeyValuePair.Create<string, ParameterValue>("ratio", 0.7), KeyValuePair.Create<string, ParameterValue>("closure", Closures.WholeGroups)]));
        IReadOnlyList<IReadOnlyList<int>> kept = [.. trial.Families.Select(family => (IReadOnlyList<int>)[.. Enumerable.Range(0, family.Width == 4 ? 1 : family.Width / 2)])];
        var dense = trial.At(network, trial.AllUnits);
        Assert.Equal(ChannelGroups.Of(network, Closure.WholeGroups).Families.Select(family => family.Width), dense.Families.Select(family => family.Width));
        Assert.Equal(kept.Select(units => units.Count), trial.At(network, kept).Families.Select(family => family.Width));
    }

    [Fact]
    public void Both_closures_stand_in_the_profile_and_exclude_each_other()
    {
        var network = Models.Small("vit-tiny", size: 16);
        var profile = DenseProfile.Of(network, 1_000_000, 1, _ => []);
        Assert.Equal(Closures.InsideGroups, profile.Closure);
        Assert.Contains(profile.Families, family => family is { Name: "block1.attention.query", Width: 16, Closure: Closures.InsideGroups });
        Assert.Contains(profile.Families, family => family is { Name: "block1.attention.query@whole-groups", Width: 4, Closure: Closures.WholeGroups });
        Assert.Contains(profile.Families, family => family is { Name: "block1.mlp.first", Closure: null });
    }
}
