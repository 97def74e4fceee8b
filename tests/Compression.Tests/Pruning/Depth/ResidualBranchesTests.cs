using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Pruning;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Tests.Grouping;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Gallery;

namespace Distributed.Compression.Tests.Pruning;

public sealed class ResidualBranchesTests
{
    [Theory]
    [InlineData("lenet", 0)]
    [InlineData("vgg-16-bn", 0)]
    [InlineData("resnet-8", 3)]
    [InlineData("resnet-20", 9)]
    [InlineData("mobilenet-v2", 10)]
    [InlineData("vit-tiny", 8)]
    public void Every_residual_block_of_the_zoo_is_found(string name, int count) =>
        Assert.Equal(count, ResidualBranches.Of(Models.Small(name)).Count);

    [Theory]
    [InlineData("bert", 4)]
    [InlineData("convnext", 2)]
    [InlineData("densenet", 0)]
    [InlineData("efficientnet", 2)]
    [InlineData("inception", 0)]
    [InlineData("mobilenet-v3", 2)]
    [InlineData("resnext", 2)]
    [InlineData("shufflenet-v1", 1)]
    [InlineData("vit-packed", 2)]
    public void So_is_that_of_networks_that_people_bring(string name, int count) =>
        Assert.Equal(count, ResidualBranches.Of(Normalizer.Normalize(GalleryNetworks.Build(name))).Count);

    [Fact]
    public void A_sum_of_two_towers_over_the_image_is_no_residual_branch() => Assert.Empty(ResidualBranches.Of(HandBuilt.Of("towers", net =>
    {
        string image = net.Input(3, 8, 8);
        string sum = net.Add("Add", "sum", [net.Conv("left", image, 4, kernel: 3, pad: 1), net.Conv("right", image, 4, kernel: 3, pad: 1)]);
        return net.Dense("head", net.Flatten("flat", sum), 5);
    })));

    [Fact]
    public void Of_a_projected_shortcut_and_two_layers_the_layers_are_the_branch()
    {
        var found = ResidualBranches.Of(Models.Small("resnet-8")).Single(branch => branch.Name == "stage2.block1.add");
        Assert.Equal("stage2.block1.shortcut.bn", found.Shortcut);
    }

    [Fact]
    public void A_relu_behind_a_relu_goes_with_the_branch()
    {
        var network = Models.Small("resnet-8");
        var nodes = BranchRemoval.Without(network, ["stage1.block1.add"]).Nodes.Select(node => node.Name).ToArray();
        Assert.DoesNotContain("stage1.block1.relu", nodes);
        Assert.Contains("stem.relu", nodes);
        Assert.Contains("stage2.block1.relu", BranchRemoval.Without(network, ["stage2.block1.add"]).Nodes.Select(node => node.Name));
    }

    /// <summary>An inner residual inside the branch of an outer one, both written as Sum.</summary>
    private static Network Nested => HandBuilt.Of("nested", net =>
    {
        string stem = HandBuilt.Stem(net, 6);
        string outer = net.Relu("outer.relu", net.Conv("outer", stem, 6, kernel: 3, pad: 1));
        string inner = net.Add("Sum", "inner.sum", [net.Conv("inner", outer, 6, kernel: 3, pad: 1), outer]);
        string sum = net.Add("Sum", "outer.sum", [net.Conv("last", inner, 6, kernel: 1), stem]);
        return net.Dense("head", net.Flatten("flat", sum), 5);
    });

    [Fact]
    public void Sums_are_residual_too_and_branches_may_stand_in_branches()
    {
        Assert.Equal([("inner.sum", "outer.relu"), ("outer.sum", "relu")], ResidualBranches.Of(Nested).Select(branch => (branch.Name, branch.Shortcut)));
        Assert.Equal(["stem", "relu", "flat", "head"], BranchRemoval.Without(Nested, ["outer.sum"]).Nodes.Select(node => node.Name));
        Assert.Equal(["inner", "inner.sum"], BranchRemoval.Nodes(Nested, BranchRemoval.Without(Nested, ["inner.sum"])));
    }

    /// <summary>The labels are what the network answers without its outer branch, so that this one goes first and takes the inner one along.</summary>
    [Fact]
    public void A_branch_inside_of_one_that_went_before_is_not_counted_again()
    {
        ImageSet images = new([.. Enumerable.Range(0, 20 * 3 * 36).Select(i => (byte)(i * 37))], new int[20], 3, 6, 6, ["a", "b", "c", "d", "e"]);
        Normalization plain = new([0, 0, 0], [1, 1, 1]);
        using OnnxEvaluator without = new(OnnxWriter.ToBytes(BranchRemoval.Without(Nested, ["outer.sum"])));
        images = images with { Labels = [.. FileLogits.Of(without, images, plain).Select(logits => FileLogits.Best(logits.Span))] };
        var ranked = BranchRanking.Of(Nested, ResidualBranches.Of(Nested), _ => true, images, plain, TrainingDevice.Cpu, (_, _) => { });
        Assert.Equal("outer.sum", Assert.Single(ranked).Name);
    }

    [Fact]
    public void A_bias_that_is_told_by_shapes_alone_is_no_shortcut() => Assert.DoesNotContain(ResidualBranches.Of(HandBuilt.Of("shaped", net =>
    {
        string stem = HandBuilt.Stem(net, 6);
        string layer = net.Conv("layer", stem, 6, kernel: 3, pad: 1);
        string filled = net.Add("ConstantOfShape", "filled", [net.Add("Shape", "shape", [stem])]);
        return net.Dense("head", net.Flatten("flat", net.Add("Add", "sum", [layer, filled])), 5);
    })), branch => branch.Shortcut == "filled");
}
