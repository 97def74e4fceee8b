using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;

namespace Distributed.Compression.Tests.Grouping;

public sealed class ChannelGroupsTests
{
    [Fact]
    public void Flattening_gives_every_channel_all_its_columns()
    {
        var grouping = HandBuilt.Checked(HandBuilt.Of("flatten", net =>
            net.Dense("head", net.Flatten("flat", net.MaxPool("pool", HandBuilt.Stem(net, 4), 3)), 5)));
        var family = Assert.Single(grouping.Families);
        Assert.Equal(("stem", 4), (family.Name, family.Width));
        Assert.Equal([4, 5, 6, 7], family.Units[1].Members.Single(member => member.Initializer == "head.weight").Indices);
        Assert.Equal([1], family.Units[1].Members.Single(member => member.Role == MemberRole.Bias).Indices);
        Assert.Equal("it is part of the graph's output 'logits'", grouping.Pinned["head"]);
    }

    [Fact]
    public void An_add_ties_the_channels_of_both_sides()
    {
        var grouping = HandBuilt.Checked(HandBuilt.Of("add", net =>
        {
            string x = HandBuilt.Stem(net, 6);
            x = net.Add("Add", "sum", [net.Conv("a", x, 6, kernel: 1), net.Conv("b", x, 6, kernel: 1)]);
            return net.PooledHead(x, 5);
        }));
        Assert.Equal(["stem:6", "a:6"], HandBuilt.Describe(grouping));
        Assert.Equal(["a.weight", "b.weight", "head.weight"], grouping.Families[1].Units[3].Members.Select(member => member.Initializer));
    }

    [Fact]
    public void Channels_padded_with_zeros_go_with_what_is_added_to_them()
    {
        var grouping = HandBuilt.Checked(HandBuilt.Of("pad", net =>
        {
            string x = HandBuilt.Stem(net, 4);
            string shortcut = net.Add("Pad", "padded", [x, net.Integers("pads", 0, 2, 0, 0, 0, 3, 0, 0)]);
            return net.PooledHead(net.Add("Add", "sum", [shortcut, net.Conv("wide", x, 9, kernel: 1)]), 5);
        }));
        Assert.Equal(["stem:4", "wide:5"], HandBuilt.Describe(grouping));
        Assert.Equal([3], grouping.Families[0].Units[1].Members.Single(member => member.Initializer == "wide.weight" && member.Axis == 0).Indices);
        Assert.Equal([7], grouping.Families[1].Units[3].Members.First().Indices);
    }

    [Fact]
    public void A_depthwise_convolution_passes_its_channels_on() => Assert.Equal(["stem:6"], HandBuilt.Describe(HandBuilt.Checked(HandBuilt.Of(
        "depthwise", net => net.PooledHead(net.Conv("filter", HandBuilt.Stem(net, 6), 6, kernel: 3, pad: 1, group: 6), 5)))));

    [Fact]
    public void A_depthwise_convolution_with_a_multiplier_passes_each_channel_on_several_times() => Assert.Equal(["stem:6"], HandBuilt.Describe(
        HandBuilt.Checked(HandBuilt.Of("multiplier", net => net.PooledHead(net.Conv("filter", HandBuilt.Stem(net, 6), 12, kernel: 3, group: 6), 5)))));

    [Fact]
    public void Groups_lose_the_same_places_and_shuffling_keeps_that()
    {
        var grouping = HandBuilt.Checked(HandBuilt.Of("shuffle", net =>
        {
            string x = net.Conv("grouped", HandBuilt.Stem(net, 12), 12, kernel: 1, group: 3);
            x = net.Add("Reshape", "split", [x, net.Integers("split.shape", -1, 3, 4, 6, 6)]);
            x = net.Add("Transpose", "shuffled", [x], ("perm", new long[] { 0, 2, 1, 3, 4 }));
            x = net.Add("Reshape", "joined", [x, net.Integers("joined.shape", -1, 12, 6, 6)]);
            return net.PooledHead(net.Conv("last", x, 7, kernel: 1), 5);
        }));
        Assert.Equal(["stem:4", "grouped:4", "last:7"], HandBuilt.Describe(grouping));
        Assert.Equal([1, 5, 9], grouping.Families[1].Units[1].Members.First().Indices);
    }

    [Fact]
    public void Split_slice_gather_and_concat_are_rewritten()
    {
        var grouping = HandBuilt.Checked(HandBuilt.Of("parts", net =>
        {
            string x = HandBuilt.Stem(net, 10);
            var parts = net.AddNode(new()
            {
                Name = "split",
                Operator = "Split",
                Inputs = [x, net.Integers("parts", 4, 6)],
                Outputs = ["left", "right"],
                Attributes = Attributes.Empty.With("axis", 1L),
            });
            string some = net.Add("Slice", "some", [parts[1], net.Integers("starts", 1), net.Integers("ends", 5), net.Integers("axes", 1)]);
            string picked = net.Add("Gather", "picked", [parts[0], net.Integers("indices", 3, 0, 1)], ("axis", 1L));
            string joined = net.Add("Concat", "joined", [picked, net.Conv("more", some, 3, kernel: 1), some], ("axis", 1L));
            return net.PooledHead(net.Conv("last", joined, 4, kernel: 1), 5);
        }));
        Assert.Contains("more:3", HandBuilt.Describe(grouping));
        Assert.Contains("last:4", HandBuilt.Describe(grouping));
    }

    [Fact]
    public void Squeeze_and_excitation_ties_the_gate_to_its_channels()
    {
        var grouping = HandBuilt.Checked(HandBuilt.Of("gate", net =>
        {
            string x = HandBuilt.Stem(net, 6);
            string gate = net.Relu("squeezed", net.Conv("squeeze", net.Add("GlobalAveragePool", "mean", [x]), 3, kernel: 1));
            gate = net.Add("Sigmoid", "gate", [net.Conv("excite", gate, 6, kernel: 1)]);
            return net.PooledHead(net.Add("Mul", "gated", [x, gate]), 5);
        }));
        Assert.Equal(["stem:6", "squeeze:3"], HandBuilt.Describe(grouping));
    }

    [Fact]
    public void What_cannot_be_removed_says_why()
    {
        var grouping = HandBuilt.Checked(HandBuilt.Of("pinned", net =>
        {
            string x = net.Add("Softmax", "weights", [HandBuilt.Stem(net, 4)], ("axis", 1L));
            return net.PooledHead(net.Conv("next", x, 6, kernel: 1), 5);
        }));
        Assert.Equal(["next:6"], HandBuilt.Describe(grouping));
        Assert.Equal("it is normalised together with other channels at 'weights' (Softmax)", grouping.Pinned["stem"]);
    }

    [Fact]
    public void Every_second_channel_by_a_slice_pins()
    {
        var grouping = HandBuilt.Checked(HandBuilt.Of("stepped", net =>
        {
            string x = net.Add("Slice", "half", [HandBuilt.Stem(net, 8), net.Integers("s", 0), net.Integers("e", 8), net.Integers("a", 1), net.Integers("steps", 2)]);
            return net.PooledHead(net.Conv("next", x, 6, kernel: 1), 5);
        }));
        Assert.Equal(["next:6"], HandBuilt.Describe(grouping));
        Assert.Contains("half", grouping.Pinned["stem"], StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_two_layers_share_tie_their_channels()
    {
        var grouping = HandBuilt.Checked(HandBuilt.Of("shared", net =>
        {
            string x = net.Conv("first", HandBuilt.Stem(net, 6), 6, kernel: 1);
            x = net.Add("Conv", "second", [net.Relu("between", x), "first.weight"], ("kernel_shape", new long[] { 1, 1 }));
            return net.PooledHead(x, 5);
        }));
        Assert.Equal(["stem:6"], HandBuilt.Describe(grouping));
    }
}
