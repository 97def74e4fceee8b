using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;

namespace Distributed.Compression.Tests.Grouping;

/// <summary>Normalisations over channels keep nothing from being pruned: statistics run over what is left.</summary>
public sealed class NormalizationTests
{
    [Fact]
    public void A_layer_normalisation_loses_its_scales_with_its_channels()
    {
        var grouping = HandBuilt.Checked(ChannelsLast("LayerNormalization"));
        Assert.Equal(["stem:6"], HandBuilt.Describe(grouping));
        var members = grouping.Families[0].Units[2].Members;
        Assert.Equal([2], members.Single(member => member.Initializer == "norm.gamma" && member.Role == MemberRole.Scale).Indices);
        Assert.Equal([2], members.Single(member => member.Initializer == "norm.beta" && member.Role == MemberRole.Shift).Indices);
    }

    /// <summary>The oracle is no copy of the slicer: its statistics, by hand. Channels 1, 3, 5 of which the first two stay: mean 2, variance 1.</summary>
    [Fact]
    public void Masked_statistics_are_those_of_the_channels_that_stay()
    {
        var net = new NetworkBuilder("hand", seed: 1);
        string x = net.Conv("stem", net.Input(1, 1, 1), 3, kernel: 1, bias: true);
        x = net.Add("Transpose", "last", [x], ("perm", new long[] { 0, 2, 3, 1 }));
        x = net.Add("LayerNormalization", "norm", [x, net.Vector("gamma", 3, 1), net.Vector("beta", 3, 0)], ("epsilon", 0.0));
        x = net.Add("MatMul", "next", [x, net.Constant("identity", new FloatTensor([3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]))]);
        var network = net.Build(net.Add("Reshape", "flat", [x, net.Integers("shape", 0, 3)]));
        network = network with
        {
            Initializers = network.Initializers.SetItem("stem.weight", new FloatTensor([3, 1, 1, 1], [0, 0, 0])).SetItem("stem.bias", new FloatTensor([3], [1, 3, 5])),
        };
        var grouping = ChannelGroups.Of(network);
        using var masked = new OnnxEvaluator(OnnxWriter.ToBytes(Masking.Apply(network, grouping, PruningPlan.Of(grouping, [[0, 1]]))), optimized: false);
        Assert.Equal([-1, 1, 0], masked.Run([7], [1, 1, 1, 1]).Select(value => Math.Round(value, 5)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(1)]
    public void A_local_response_normalisation_has_those_for_neighbours_that_are_left(long size) => Assert.Equal(["stem:8"], HandBuilt.Describe(
        HandBuilt.Checked(HandBuilt.Of($"lrn{size}", net => net.PooledHead(
            net.Add("LRN", "response", [HandBuilt.Stem(net, 8)], ("size", size), ("alpha", 0.9), ("beta", 0.75), ("bias", 0.5)), 5)))));

    [Fact]
    public void An_instance_normalisation_passes_its_channels_on() => Assert.Equal(["stem:6"], HandBuilt.Describe(HandBuilt.Checked(HandBuilt.Of(
        "instance", net => net.PooledHead(net.Relu("after", net.Add("InstanceNormalization", "norm", [HandBuilt.Stem(net, 6), net.Vector("gamma", 6, 1), net.Vector("beta", 6, 0)])), 5)))));

    [Theory]
    [InlineData(18, 4)]
    [InlineData(21, 12)]
    public void Groups_of_a_normalisation_get_narrower_or_go_as_a_whole(int opset, int scales)
    {
        var net = new NetworkBuilder($"groups{opset}", seed: 3, opset);
        string x = net.Add(
            "GroupNormalization", "norm", [HandBuilt.Stem(net, 12), net.Vector("gamma", scales, 1), net.Vector("beta", scales, 0)], ("num_groups", 4L), ("epsilon", 1e-3));
        var network = Pruning.RandomNetworks.Shaken(net.Build(net.PooledHead(net.Relu("after", x), 5)), 4);
        Assert.Equal(["stem:4"], HandBuilt.Describe(HandBuilt.Checked(network)));
        Assert.Equal(["stem:3"], HandBuilt.Other(network));
    }

    /// <summary>As exporters write it before there was an operator for it.</summary>
    [Fact]
    public void A_group_normalisation_by_reshaping_has_both_closures_too()
    {
        var network = HandBuilt.Of("reshaped", net =>
        {
            string x = net.Add("Reshape", "groups", [HandBuilt.Stem(net, 8), net.Integers("groups.shape", 0, 2, -1)]);
            x = net.Add("InstanceNormalization", "norm", [x, net.Vector("ones", 2, 1), net.Vector("zeros", 2, 0)], ("epsilon", 1e-3));
            x = net.Add("Reshape", "channels", [x, net.Integers("channels.shape", 0, 8, 6, 6)]);
            x = net.Add("Mul", "scaled", [x, net.Weights("gamma", [8, 1, 1], 1, 1)]);
            return net.PooledHead(net.Relu("after", net.Add("Add", "shifted", [x, net.Weights("beta", [8, 1, 1], 1, 1)])), 5);
        });
        Assert.Equal(["stem:4"], HandBuilt.Describe(HandBuilt.Checked(network)));
        Assert.Equal(["stem:2"], HandBuilt.Other(network));
    }

    private static Network ChannelsLast(string operation) => HandBuilt.Of(operation, net =>
    {
        string x = net.Add("Transpose", "last", [HandBuilt.Stem(net, 6)], ("perm", new long[] { 0, 2, 3, 1 }));
        x = net.Add(operation, "norm", [x, net.Vector("norm.gamma", 6, 1), net.Vector("norm.beta", 6, 0)], ("epsilon", 1e-3));
        return net.PooledHead(net.Add("Transpose", "first", [x], ("perm", new long[] { 0, 3, 1, 2 })), 5);
    });
}
