using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Graph;

public sealed class ZooTests
{
    [Theory]
    [InlineData("resnet8", "resnet-8")]
    [InlineData("LeNet-5", "lenet")]
    [InlineData("mobilenet", "mobilenet-v2")]
    public void A_wrong_name_is_answered_by_the_nearest(string wrong, string meant) =>
        Assert.Contains($"Did you mean '{meant}'?", Assert.Throws<InvalidInputException>(() => Models.Small(wrong)).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Models.ZooNames), MemberType = typeof(Models))]
    public void Every_network_takes_small_grey_images_too(string name)
    {
        var network = Zoo.Build(name, 1, 28, 28, 7, 1);
        Assert.Equal([2, 7], ShapeInference.Infer(network, 2)["logits"]);
    }

    [Theory]
    [InlineData("resnet-8", 9)]
    [InlineData("resnet-20", 21)]
    [InlineData("resnet-56", 57)]
    [InlineData("vgg-16-bn", 13)]
    [InlineData("mobilenet-v2", 52)]
    public void Networks_have_as_many_convolutions_as_their_papers_say_and_their_projections(string name, int convolutions) =>
        Assert.Equal(convolutions, Models.Small(name).Nodes.Count(node => node.Operator == "Conv"));
}
