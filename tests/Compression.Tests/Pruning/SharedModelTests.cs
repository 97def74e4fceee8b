using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Tests.Graph;

namespace Distributed.Compression.Tests.Pruning;

public sealed class SharedModelTests
{
    [Theory]
    [InlineData("resnet20-cifar10-bn.onnx")]
    [InlineData("resnet20-cifar10-folded.onnx")]
    public void A_sliced_trained_network_answers_as_the_masked_one(string file) =>
        SlicerTests.Check(Normalizer.Normalize(OnnxReader.Read(Models.SharedModel(file))), file);

    /// <summary>Option-A shortcuts pad 16 channels to 32 and 32 to 64, so that the stages share channels.</summary>
    [Fact]
    public void Padded_shortcuts_give_one_family_for_each_part_of_a_stage()
    {
        var network = Normalizer.Normalize(OnnxReader.Read(Models.SharedModel("resnet20-cifar10-bn.onnx")));
        var grouping = ChannelGroups.Of(network);
        Assert.Equal(12, grouping.Families.Length);
        Assert.Equal([16, 16, 16, 16, 32, 16, 32, 32, 64, 32, 64, 64], grouping.Families.Select(family => family.Width));
    }
}
