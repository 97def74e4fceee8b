using Distributed.Compression.Graph;
using Distributed.Compression.Quantization;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Tests.Training;
using Distributed.Compression.Training;
using static TorchSharp.torch;

namespace Distributed.Compression.Tests.Quantization;

public sealed class FakeQuantizationTests
{
    private const int Count = 32;
    private static readonly float[] Images = Models.Images(Count, 5);

    private static QuantizationGrids Grids(Network network) =>
        Quantizer.Calibrate(network, [Images], new PercentileCalibration(), TestContext.Current.CancellationToken);

    /// <summary>The same grids for the network up to an activation.</summary>
    private static QuantizationGrids UpTo(QuantizationGrids grids, string activation)
    {
        var network = grids.Scheme.Network;
        var shape = ShapeInference.Infer(network, 1)[activation].SetItem(0, -1);
        return grids with { Scheme = new(network with { Outputs = [new(activation, ElementType.Float, shape)] }) };
    }

    private static float[] Rounded(QuantizationGrids grids)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        using var net = new TorchNetwork(FakeQuantization.Write(grids), TrainingDevice.Cpu);
        return TrainingFixture.Values(net.Forward(tensor(Images, [Count, 3, 32, 32]), Pass.Evaluating));
    }

    private static float[] Exported(QuantizationGrids grids) => Models.Run(OnnxWriter.ToBytes(QdqExport.Write(grids)), Images, Count, 3, 32, 32);

    /// <summary>
    /// Some layers in, nearly all bytes are the same: integers and rounded floats fall to different sides of a tie now and then, which each
    /// layer doubles; nothing else may tell them apart. (Biases that are not rounded would change a hundredth of them there.)
    /// </summary>
    private static void AssertSame(QuantizationGrids grids)
    {
        string fifth = grids.Scheme.Network.Nodes.Where(node => node.Operator is "Relu" or "Conv" && grids.Grids.ContainsKey(node.Output)).Take(5).Last().Output;
        var cut = UpTo(grids, fifth);
        float scale = grids.Grids[fifth].Scale;
        float[] rounded = Rounded(cut), exported = Exported(cut);
        Assert.True(rounded.Distinct().Count() > 50);
        Assert.InRange(rounded.Zip(exported, (a, b) => Math.Abs(a - b) < scale / 2 ? 1.0 : 0.0).Average(), 0.995, 1);
        float[] logits = Rounded(grids);
        Assert.InRange(logits.Zip(Exported(grids), (a, b) => Math.Abs(a - b)).Average(), 0, 0.02 * logits.Max(Math.Abs));
    }

    [Theory]
    [InlineData("resnet-8")]
    [InlineData("lenet")]
    public void The_exported_file_gives_what_the_fake_quantised_network_gives(string name) => AssertSame(Grids(SmallNets.Perturbed(Models.Small(name))));

    [Theory]
    [InlineData(5)]
    [InlineData(2.5)]
    public void It_does_with_layers_of_fewer_bits(double mean)
    {
        var grids = Grids(SmallNets.Perturbed(Models.Small("resnet-8"))).WithWeightBits(mean, TestContext.Current.CancellationToken);
        AssertSame(grids);
        var read = FakeQuantization.Read(FakeQuantization.Write(grids), grids.Scheme.Network);
        Assert.Equal(grids.Roundings.OrderBy(pair => pair.Key), read.Roundings.OrderBy(pair => pair.Key));
        Assert.Equal(Exported(grids), Exported(read));
    }

    [Fact]
    public void So_does_that_of_an_imported_network() =>
        AssertSame(Grids(Normalizer.Normalize(OnnxReader.Read(Models.SharedModel("resnet20-cifar10-bn.onnx")))));

    /// <summary>As DenseNet begins: its pooled ReLU stands on one grid with convolutions without one.</summary>
    [Fact]
    public void A_ReLU_that_shares_a_grid_with_negative_values_still_cuts_them()
    {
        var net = new NetworkBuilder("dense", 1);
        string stem = net.MaxPool("shrunk", net.ConvBnRelu("stem", net.Input(3, 32, 32), 16, kernel: 3, pad: 1), 2);
        var grids = AssertSameJoined(net, [stem, net.Conv("grown", stem, 8, kernel: 3, pad: 1)]);
        Assert.InRange(grids.Grids["joined"].ZeroPoint, 1, 254);
    }

    [Fact]
    public void A_Clip_that_shares_a_grid_with_larger_values_still_cuts_them()
    {
        var net = new NetworkBuilder("clipped", 1);
        string x = net.Input(3, 32, 32), one = net.Scalar("one", 1), zero = net.Scalar("zero", 0);
        string clipped = net.Add("Clip", "clipped", [net.Conv("first", x, 8, kernel: 3, pad: 1), zero, one]);
        var grids = AssertSameJoined(net, [clipped, net.Relu("relu", net.Conv("second", x, 8, kernel: 3, pad: 1))]);
        Assert.InRange(grids.Grids["joined"].Ends.High, 1.5, 10);
    }

    /// <summary>Grids of a network that ends in a concatenation, whose file gives there what the fake-quantised network gives.</summary>
    private static QuantizationGrids AssertSameJoined(NetworkBuilder net, string[] parts)
    {
        string joined = net.Add("Concat", "joined", parts, ("axis", 1L));
        var grids = Grids(SmallNets.Perturbed(net.Build(net.PooledHead(net.Relu("last", net.Conv("conv", joined, 8, kernel: 1)), 10))));
        Assert.Single(parts.Append(joined).Select(value => grids.Grids[value]).Distinct());
        var cut = UpTo(grids, joined);
        float[] rounded = Rounded(cut), exported = Exported(cut);
        Assert.InRange(rounded.Zip(exported, (a, b) => Math.Abs(a - b) < grids.Grids[joined].Scale / 2 ? 1.0 : 0.0).Average(), 0.995, 1);
        Assert.Contains("Clip", RunningKernels.Count(OnnxWriter.ToBytes(QdqExport.Write(grids))).Keys);
        return grids;
    }

    [Theory]
    [InlineData("resnet-8")]
    [InlineData("mobilenet-v2")]
    [InlineData("lenet")]
    public void No_activation_takes_a_node_where_its_grid_ends_at_its_bounds(string name)
    {
        var network = SmallNets.Perturbed(Models.Small(name));
        Assert.Contains(network.Nodes, node => node.Operator is "Relu" or "Clip");
        foreach (var written in new[] { QdqExport.Write(Grids(network)), Quantizer.Uncalibrated(network) })
            Assert.DoesNotContain(written.Nodes, node => node.Operator is "Relu" or "Clip");
    }

    [Fact]
    public void Matrix_products_that_give_floats_are_rounded_alike()
    {
        var network = Models.Small("vit-tiny");
        var grids = Grids(network);
        float[] rounded = Rounded(grids), exact = Models.Run(OnnxWriter.ToBytes(network), Images, Count, 3, 32, 32);
        Assert.InRange(rounded.Zip(Exported(grids), (a, b) => Math.Abs(a - b)).Average(), 0, 0.5 * rounded.Zip(exact, (a, b) => Math.Abs(a - b)).Average());
    }

    [Fact]
    public void After_training_on_the_grids_it_still_does()
    {
        var network = SmallNets.Perturbed(Models.Small("resnet-8"));
        var grids = Grids(network);
        using var net = new TorchNetwork(FakeQuantization.Write(grids), TrainingDevice.Cpu);
        var images = SmallNets.Images(64, 3, 32, 32, 10);
        using var trainer = new Trainer(net, images, new([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]), new() { LearningRate = 0.001, BatchSize = 16 }, 4, 1, "test");
        for (int step = 0; step < 4; step++) trainer.Step();
        var trained = grids.WithWeightsOf(net.ToNetwork());
        Assert.NotEqual(Exported(grids), Exported(trained));
        AssertSame(trained);
    }

    [Fact]
    public void Every_weight_of_the_network_is_trained_and_nothing_else()
    {
        var grids = Grids(SmallNets.Perturbed(Models.Small("resnet-8")));
        using var plain = new TorchNetwork(grids.Scheme.Network, TrainingDevice.Cpu);
        using var rounding = new TorchNetwork(FakeQuantization.Write(grids), TrainingDevice.Cpu);
        Assert.Equal(plain.Parameters.Select(parameter => (parameter.Name, parameter.Decays)), rounding.Parameters.Select(parameter => (parameter.Name, parameter.Decays)));
    }

    [Fact]
    public void The_gradient_is_one_inside_the_range_and_zero_outside()
    {
        using var scope = NewDisposeScope();
        var rule = Rule(Attributes.Empty.With("scale", 0.5).With("zero_point", 10L));
        var x = tensor([-6f, -4.9f, 0.3f, 100f, 123f], [1, 5], requires_grad: true);
        var y = rule([x], Pass.Learning)[0];
        y.sum().backward();
        Assert.Equal([-5f, -5f, 0.5f, 100f, 122.5f], TrainingFixture.Values(y));
        Assert.Equal([0f, 1f, 1f, 1f, 0f], TrainingFixture.Values(x.grad!));
    }

    [Fact]
    public void Weights_are_rounded_to_a_64th_of_their_channels_largest()
    {
        using var scope = NewDisposeScope();
        var rule = Rule(Attributes.Empty.With("axis", 0L), 2, 2);
        var x = tensor([64f, -1.4f, 0.323f, 0.64f], [2, 2], requires_grad: true);
        var y = rule([x], Pass.Learning)[0];
        y.sum().backward();
        Assert.Equal([64f, -1f, 0.32f, 0.64f], TrainingFixture.Values(y), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([1f, 1f, 1f, 1f], TrainingFixture.Values(x.grad!));
    }

    private static TorchOperator Rule(Attributes attributes, params int[] shape)
    {
        var node = new Node { Name = "r", Operator = FakeQuantization.Operator, Inputs = ["x"], Outputs = ["y"], Attributes = attributes };
        var network = new Network { Opset = 17, Inputs = [new("x", ElementType.Float, [.. shape])], Outputs = [], Nodes = [node], Initializers = System.Collections.Immutable.ImmutableDictionary<string, Distributed.Compression.Graph.Tensor>.Empty };
        return TorchOperators.Rules[FakeQuantization.Operator](new(node, network.Opset, new Dictionary<string, InferredValue> { ["x"] = new([.. shape], ElementType.Float) }, TrainingDevice.Cpu));
    }
}
