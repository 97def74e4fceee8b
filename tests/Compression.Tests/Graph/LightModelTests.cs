using Distributed.Compression.Graph;

namespace Distributed.Compression.Tests.Graph;

public sealed class LightModelTests
{
    public static readonly TheoryData<string> All =
        ["bvlc_alexnet", "densenet121", "inception_v1", "inception_v2", "resnet50", "shufflenet", "squeezenet", "vgg19", "zfnet512"];

    [Theory]
    [MemberData(nameof(All))]
    public void A_real_architecture_is_imported_with_its_thousand_classes(string name)
    {
        var network = OnnxReader.Read(Models.SharedModel($"light/light_{name}.onnx"));
        Assert.Equal(1000, Tensor.Count(ShapeInference.Infer(network, 1)[network.Outputs[0].Name]));
    }

    [Theory]
    [InlineData("densenet121")]
    [InlineData("inception_v1")]
    [InlineData("shufflenet")]
    [InlineData("squeezenet")]
    public void A_batch_that_was_fixed_at_1_is_opened(string name)
    {
        var network = Normalizer.Normalize(OnnxReader.Read(Models.SharedModel($"light/light_{name}.onnx")));
        Assert.Equal(-1, network.Inputs[0].Shape[0]);
        Assert.Equal(-1, network.Outputs[0].Shape[0]);
        Assert.Equal(3, ShapeInference.Infer(network, 3)[network.Outputs[0].Name][0]);
        Assert.DoesNotContain(network.Nodes, node => node.Operator is "ConstantOfShape" or "Dropout" or "Unsqueeze");
    }
}
