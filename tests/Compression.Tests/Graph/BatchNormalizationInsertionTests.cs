using Distributed.Compression.Graph;

namespace Distributed.Compression.Tests.Graph;

public sealed class BatchNormalizationInsertionTests
{
    [Fact]
    public void Reinserted_normalisation_changes_no_logit_of_the_folded_network()
    {
        string path = Models.SharedModel("resnet20-cifar10-folded.onnx");
        var folded = Normalizer.Normalize(OnnxReader.Read(path));
        Assert.Equal(19, BatchNormalizationInsertion.ConvolutionsWithoutNormalization(folded).Count);
        var statistics = ChannelStatistics.Collect(folded, [Models.Images(16, 1), Models.Images(5, 2)], [16, 3, 32, 32]);
        var network = BatchNormalizationInsertion.Insert(folded, statistics);
        Assert.Empty(BatchNormalizationInsertion.ConvolutionsWithoutNormalization(network));
        Assert.Equal(19, network.Nodes.Count(node => node.Operator == "BatchNormalization"));
        Assert.True(Parity.MaxDifference(network, File.ReadAllBytes(path), [Models.Images(64, 3)], [64, 3, 32, 32]) <= Parity.Tolerance);
    }

    [Fact]
    public void Statistics_are_the_mean_and_variance_over_images_and_positions()
    {
        var net = new NetworkBuilder("twice", 1);
        string x = net.Input(1, 2, 2);
        string weight = net.Constant("weight", new FloatTensor([2, 1, 1, 1], [1, -2]));
        string bias = net.Constant("bias", new FloatTensor([2], [0, 10]));
        var network = net.Build(net.Add("Conv", "conv", [x, weight, bias]));
        var (mean, variance) = ChannelStatistics.Collect(network, [[1, 2, 3, 4, 5, 6, 7, 8], [9, 10, 11, 12]], [2, 1, 2, 2])["conv"];
        Assert.Equal([6.5f, -3f], mean);
        Assert.Equal([143f / 12, 143f / 3], variance);
    }

    [Fact]
    public void A_normalised_network_has_nothing_to_insert() =>
        Assert.Empty(BatchNormalizationInsertion.ConvolutionsWithoutNormalization(Models.Small("resnet-20")));
}
