using Distributed.Compression.Graph;
using Distributed.Gallery;
using Distributed.Sweeps;

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

    [Theory]
    [InlineData("densenet121")]
    [InlineData("inception_v1")]
    [InlineData("inception_v2")]
    [InlineData("shufflenet")]
    [InlineData("squeezenet")]
    public void The_interpreter_gives_what_ONNX_Runtime_gives(string name)
    {
        var network = Endings.WithoutSoftmax(RandomWeights.Of(Normalizer.Normalize(OnnxReader.Read(Models.SharedModel($"light/light_{name}.onnx"))), seed: 1));
        var random = new SeededRandom(1, "light/input");
        var shape = network.Inputs[0].Shape.SetItem(0, 1);
        float[] image = [.. Enumerable.Range(0, Tensor.Count(shape)).Select(_ => (float)random.NextNormal())];
        float[] expected = Models.Run(OnnxWriter.ToBytes(network), image, [.. shape]);
        var found = (FloatTensor)Interpreter.Run(network, new Dictionary<string, Tensor> { [network.Inputs[0].Name] = new FloatTensor(shape, image) })[0];
        Assert.True(expected.Distinct().Count() > 500, "logits vary");
        Assert.InRange(Parity.MaxDifference(expected, found.Data) / Math.Max(1, expected.Max(Math.Abs)), 0, 1e-4);
    }
}
