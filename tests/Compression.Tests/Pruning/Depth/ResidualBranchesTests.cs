using Distributed.Compression.Graph;
using Distributed.Compression.Pruning;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Tests.Grouping;
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
}
