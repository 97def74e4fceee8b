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
        var network = Logits(Drawn(Normalizer.Normalize(OnnxReader.Read(Models.SharedModel($"light/light_{name}.onnx")))));
        var random = new SeededRandom(1, "light/input");
        var shape = network.Inputs[0].Shape.SetItem(0, 1);
        float[] image = [.. Enumerable.Range(0, Tensor.Count(shape)).Select(_ => (float)random.NextNormal())];
        float[] expected = Models.Run(OnnxWriter.ToBytes(network), image, [.. shape]);
        var found = (FloatTensor)Interpreter.Run(network, new Dictionary<string, Tensor> { [network.Inputs[0].Name] = new FloatTensor(shape, image) })[0];
        Assert.True(expected.Distinct().Count() > 500, "logits vary");
        Assert.InRange(Parity.MaxDifference(expected, found.Data) / Math.Max(1, expected.Max(Math.Abs)), 0, 1e-4);
    }

    /// <summary>The network without its softmax, which would hide differences.</summary>
    private static Network Logits(Network network)
    {
        int last = Enumerable.Range(0, network.Nodes.Length).LastOrDefault(i => network.Nodes[i].Operator == "Softmax", network.Nodes.Length);
        if (last == network.Nodes.Length) return network;
        string logits = network.Nodes[last].Inputs[0];
        return network with { Nodes = network.Nodes[..last], Outputs = [new(logits, ElementType.Float, [-1, .. ShapeInference.Infer(network, 1)[logits][1..]])] };
    }

    /// <summary>The files hold one number in every place: weights are drawn anew, matrices so that variances stay, vectors about 1.</summary>
    private static Network Drawn(Network network)
    {
        var drawn = network.Initializers.ToBuilder();
        foreach (var (name, tensor) in network.Initializers)
        {
            if (tensor is not FloatTensor { Length: > 1 } floats) continue;
            var random = new SeededRandom(1, $"light/{name}");
            double deviation = Math.Sqrt(2.0 * floats.Shape[0] / floats.Length);
            drawn[name] = new FloatTensor(floats.Shape, [.. floats.Data.Select(_ => (float)(floats.Shape.Length > 1 ? deviation * random.NextNormal() : 0.5 + random.NextDouble()))]);
        }

        return network with { Initializers = drawn.ToImmutable() };
    }
}
