using Distributed.Compression.Graph;
using Distributed.Compression.Pruning;
using Distributed.Compression.Tests.Graph;
using Distributed.Gallery;

namespace Distributed.Compression.Tests.Pruning;

public sealed class ResidualBranchesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("lenet", 0)]
    [InlineData("vgg-16-bn", 0)]
    [InlineData("resnet-8", 3)]
    [InlineData("resnet-20", 9)]
    [InlineData("mobilenet-v2", 10)]
    [InlineData("vit-tiny", 8)]
    public void Every_residual_block_of_the_zoo_is_found(string name, int count)
    {
        var found = ResidualBranches.Of(Models.Small(name));
        output.WriteLine(string.Join("\n", found));
        Assert.Equal(count, found.Count);
    }

    [Fact]
    public void What_is_found_in_the_gallery()
    {
        foreach (string name in GalleryNetworks.Names) output.WriteLine($"{name}: {ResidualBranches.Of(Normalizer.Normalize(GalleryNetworks.Build(name))).Count}");
    }
}
