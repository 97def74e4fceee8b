using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using TorchSharp;

namespace Distributed.Compression.Tests.Training;

public sealed class BatchNormalizationTests
{
    [Fact]
    public void In_training_the_batch_normalises_and_moves_the_running_statistics()
    {
        using var scope = torch.NewDisposeScope();
        using var net = new TorchNetwork(TrainingFixture.NormalizationAlone(), TrainingDevice.Cpu);
        var x = (TrainingFixture.Input(4) * 3) + 2;
        float[] values = TrainingFixture.Values(x), output = TrainingFixture.Values(net.Forward(x, Pass.Learning));
        double mean = values.Average(value => (double)value), biased = values.Average(value => (value - mean) * (value - mean));
        for (int i = 0; i < 20; i++) Assert.Equal((values[i] - mean) / Math.Sqrt(biased + 1e-5), output[i], 1e-4);
        Assert.Equal(0.1 * mean, net.ToNetwork().Floats("bn.mean").Data[0], 1e-5);
        Assert.Equal(0.9 + (0.1 * biased * values.Length / (values.Length - 1)), net.ToNetwork().Floats("bn.variance").Data[0], 1e-4);
    }

    [Fact]
    public void In_inference_the_running_statistics_normalise_and_stay()
    {
        var network = TrainingFixture.NormalizationAlone();
        network = network with
        {
            Initializers = network.Initializers.SetItem("bn.mean", new FloatTensor([1], [1.5f])).SetItem("bn.variance", new FloatTensor([1], [4])),
        };
        using var scope = torch.NewDisposeScope();
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        var x = TrainingFixture.Input(2);
        float[] values = TrainingFixture.Values(x), output = TrainingFixture.Values(net.Forward(x, Pass.Evaluating));
        for (int i = 0; i < 20; i++) Assert.Equal((values[i] - 1.5) / Math.Sqrt(4 + 1e-5), output[i], 1e-5);
        Assert.Equal([1.5f], net.ToNetwork().Floats("bn.mean").Data);
    }

    [Fact]
    public void Recalibration_forgets_the_old_statistics()
    {
        var network = TrainingFixture.NormalizationAlone();
        network = network with { Initializers = network.Initializers.SetItem("bn.mean", new FloatTensor([1], [1000])) };
        var images = TrainingFixture.Images(192);
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        BatchNormalizationRecalibration.Run(net, images, TrainingFixture.Norm, 1, "test");
        Assert.Equal(images.Pixels.Average(pixel => ((pixel / 255.0) - 0.5) / 0.25), net.ToNetwork().Floats("bn.mean").Data[0], 1e-4);
    }

    [Fact]
    public void Layers_that_share_a_mean_in_the_file_learn_their_own()
    {
        var build = new NetworkBuilder("shared", 1);
        string zero = build.Vector("zero", 2, 0), one = build.Vector("one", 2, 1), x = build.Input(2, 16, 16);
        for (int i = 1; i <= 2; i++)
            x = build.Add("BatchNormalization", Invariant($"bn{i}"), [x, build.Vector(Invariant($"g{i}"), 2, 2), build.Vector(Invariant($"b{i}"), 2, 5), zero, one]);
        using var scope = torch.NewDisposeScope();
        using var net = new TorchNetwork(build.Build(build.Flatten("flat", x)), TrainingDevice.Cpu);
        net.Forward(torch.zeros(4, 2, 16, 16), Pass.Learning);
        var trained = net.ToNetwork();
        Assert.Equal(4, net.Statistics.Count);
        Assert.Equal([0f, 0f], trained.Floats(trained.Nodes[0].Inputs[3]).Data);
        Assert.Equal([0.5f, 0.5f], trained.Floats(trained.Nodes[1].Inputs[3]).Data);
    }
}
