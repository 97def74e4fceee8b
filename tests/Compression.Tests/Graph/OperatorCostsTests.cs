using Distributed.Compression.Graph;
using Distributed.Compression.Quantization;
using Distributed.Compression.Tests.Training;

namespace Distributed.Compression.Tests.Graph;

public sealed class OperatorCostsTests
{
    [Fact]
    public void LeNet_by_hand()
    {
        var costs = Costs(Zoo.Build("lenet", 1, 28, 28, 10, 1)).ToDictionary(cost => cost.Node);
        Assert.Equal((28 * 28 * 32 * 25, (32 * 25) + 32), (costs["conv1"].Macs, costs["conv1"].Parameters));
        Assert.Equal((10 * 10 * 64 * 32 * 25, (64 * 32 * 25) + 64), (costs["conv2"].Macs, costs["conv2"].Parameters));
        Assert.Equal((1600 * 256, (1600 * 256) + 256), (costs["dense1"].Macs, costs["dense1"].Parameters));
        Assert.Equal((2560, 2570), (costs["head"].Macs, costs["head"].Parameters));
        Assert.Equal((0, 0), (costs["pool1"].Macs, costs["conv1.relu"].Parameters));
    }

    [Fact]
    public void The_trained_ResNet_20_has_the_macs_and_parameters_of_the_paper()
    {
        var costs = Costs(OnnxReader.Read(Models.SharedModel("resnet20-cifar10-bn.onnx")));
        // 442,368 + 6 · 2,359,296 + 2 · (1,179,648 + 5 · 2,359,296) + 640: the paper's 41 M.
        Assert.Equal(40_551_040, costs.Sum(cost => cost.Macs));
        // 267,696 convolution weights, 650 of the head, 2 · 688 of BatchNormalization (the paper's 0.27 M), and 2 · 688 statistics.
        Assert.Equal(267_696 + 640 + 10 + (4 * 688), costs.Sum(cost => cost.Parameters));
    }

    [Fact]
    public void A_depthwise_convolution_costs_one_input_channel_an_output()
    {
        var net = new NetworkBuilder("depthwise", 1);
        var network = net.Build(net.Conv("depthwise", net.Input(24, 8, 8), 24, kernel: 3, pad: 1, group: 24));
        Assert.Equal((24 * 64 * 9, 24 * 9), (Costs(network)[0].Macs, Costs(network)[0].Parameters));
    }

    [Fact]
    public void Attention_counts_both_of_its_products()
    {
        var costs = Costs(Models.Small("vit-tiny")).ToDictionary(cost => cost.Node);
        Assert.Equal((4 * 64 * 64 * 16, 0), (costs["block1.attention.scores"].Macs, costs["block1.attention.scores"].Parameters));
        Assert.Equal(64 * 64 * 64, costs["block1.attention.mixed"].Macs);
        Assert.Equal(64 * 64, costs["positions"].Parameters);
        Assert.Equal(0, costs["block1.mlp.gelu"].Parameters);
    }

    [Fact]
    public void Weights_that_a_file_stores_as_integers_are_parameters_of_their_layers()
    {
        var grids = Quantizer.Calibrate(SmallNets.Perturbed(Models.Small("resnet-8")), [Models.Images(8, 5)], new PercentileCalibration(), TestContext.Current.CancellationToken);
        var floats = Costs(grids.Scheme.Network).Where(cost => cost.Parameters > 0).Select(cost => (cost.Node, cost.Parameters));
        Assert.Equal(floats, Costs(QdqExport.Write(grids)).Where(cost => cost.Parameters > 0).Select(cost => (cost.Node, cost.Parameters)));
    }

    private static IReadOnlyList<OperatorCost> Costs(Network network) => OperatorCosts.Of(network, ShapeInference.Infer(network, 1));
}
