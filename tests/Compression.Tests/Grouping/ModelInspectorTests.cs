using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Trials;

namespace Distributed.Compression.Tests.Grouping;

public sealed class ModelInspectorTests
{
    [Theory]
    [InlineData("resnet20-cifar10-bn.onnx")]
    [InlineData("resnet20-cifar10-folded.onnx")]
    public void A_trained_file_has_every_convolution_prunable_and_its_logits_pinned(string file)
    {
        var inspection = ModelInspector.Inspect(Models.SharedModel(file));
        Assert.All(inspection.Layers.Where(layer => layer.Operator == "Conv"), layer => Assert.NotNull(layer.Family));
        Assert.Contains("'logits'", inspection.Layers.Single(layer => layer.Operator == "Gemm").Pinned, StringComparison.Ordinal);
        Assert.Equal("N×10", inspection.Output.Shape);
        Assert.Equal(12, inspection.Families.Count);
        Assert.Equal(13, inspection.Opset);
        // The shortcuts are padded with zeros: a channel of the first stage is also one of the last block's.
        var first = inspection.Families.Single(family => family.Name == inspection.Layers.First(layer => layer.Operator == "Conv").Family);
        Assert.Equal(10, first.Members.Count);
    }
}
