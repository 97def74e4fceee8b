using Distributed.Compression.Grouping;
using Distributed.Compression.Tests.Graph;

namespace Distributed.Compression.Tests.Grouping;

public sealed class InspectorTests
{
    [Fact]
    public void A_zoo_network_is_told_layer_by_layer()
    {
        var inspection = Inspector.Inspect(Models.Small("lenet", size: 16));
        Assert.Equal("N×3×16×16", inspection.Input.Shape);
        Assert.Equal(("conv1", "N×32×16×16", "conv1"), inspection.Layers.Select(layer => (layer.Name, layer.Shape, layer.Family)).First());
        Assert.Equal(32 * 3 * 25 * 16 * 16, inspection.Layers[0].Macs);
        Assert.Equal("it is part of the graph's output 'logits'", inspection.Layers[^1].Pinned);
        Assert.Equal(["conv1", "conv2", "dense1"], inspection.Families.Select(family => family.Name));
    }

    [Theory]
    [InlineData("resnet20-cifar10-bn.onnx")]
    [InlineData("resnet20-cifar10-folded.onnx")]
    public void A_trained_file_has_every_convolution_prunable(string file)
    {
        var inspection = Inspector.Inspect(Models.SharedModel(file));
        Assert.All(inspection.Layers.Where(layer => layer.Operator == "Conv"), layer => Assert.NotNull(layer.Family));
        Assert.Equal("N×10", inspection.Output.Shape);
        Assert.Equal(12, inspection.Families.Count);
    }
}
