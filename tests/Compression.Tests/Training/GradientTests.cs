using Distributed.Compression.Graph;
using Distributed.Compression.Importance;
using Distributed.Compression.Training;

namespace Distributed.Compression.Tests.Training;

public sealed class GradientTests
{
    [Fact]
    public void Gradients_through_convolution_and_normalisation_are_slopes_of_the_loss()
    {
        var network = TrainingFixture.Tiny();
        var images = TrainingFixture.Images(6);
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        var gradients = EvidencePass.Collect(network, null, EvidenceKinds.Gradients, images, TrainingFixture.Norm, 1, 6, new(1, "sample"), TrainingDevice.Cpu).Gradients!;
        foreach (var parameter in net.Parameters)
        {
            float[] gradient = gradients[parameter.Name];
            int steepest = Array.IndexOf(gradient, gradient.MaxBy(Math.Abs));
            const float Step = 0.02f;
            double Loss(float move)
            {
                float[] moved = [.. network.Floats(parameter.Name).Data];
                moved[steepest] += move;
                using var other = new TorchNetwork(network with
                {
                    Initializers = network.Initializers.SetItem(parameter.Name, new FloatTensor(network.Floats(parameter.Name).Shape, moved)),
                }, TrainingDevice.Cpu);
                return Evaluation.Accuracy(other, images, TrainingFixture.Norm).Loss;
            }

            double slope = (Loss(Step) - Loss(-Step)) / (2 * Step);
            Assert.InRange(Math.Abs(slope - gradient[steepest]), 0, 2e-4 + (0.02 * Math.Abs(slope)));
        }
    }

    /// <summary>Some processors' kernels for these wrote beyond their memory: the process died.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void Strided_pointwise_convolutions_of_few_channels_train(int channels)
    {
        var net = new NetworkBuilder("thin", 1);
        string x = net.Conv("stem", net.Input(3, 24, 24), channels, kernel: 3, pad: 1);
        var network = net.Build(net.PooledHead(net.Conv("shortcut", x, 8, kernel: 1, stride: 2), 10));
        var gradients = EvidencePass.Collect(
            network, null, EvidenceKinds.Gradients, SmallNets.Images(128, 3, 24, 24, 10), new([0, 0, 0], [1, 1, 1]), 16, 64, new(1, "sample"), TrainingDevice.Cpu).Gradients!;
        Assert.All(gradients, pair => Assert.True(Array.TrueForAll(pair.Value, float.IsFinite), pair.Key));
    }

    [Fact]
    public void Weights_are_decayed_biases_and_normalisations_are_not_and_statistics_are_not_trained()
    {
        using var net = new TorchNetwork(TrainingFixture.Tiny(), TrainingDevice.Cpu);
        Assert.Equal(
            ["bn1.beta", "bn1.gamma", "bn2.beta", "bn2.gamma", "conv1.bias", "conv1.weight", "conv2.weight", "head.bias", "head.weight"],
            net.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(["conv1.weight", "conv2.weight", "head.weight"], net.Parameters.Where(parameter => parameter.Decays).Select(parameter => parameter.Name));
    }

    [Fact]
    public void A_network_that_ends_in_a_softmax_trains_as_the_one_without_it()
    {
        var network = TrainingFixture.Tiny();
        var softmax = new Node { Name = "probabilities", Operator = "Softmax", Inputs = ["logits"], Outputs = ["probabilities"], Attributes = Attributes.Empty.With("axis", -1L) };
        var ending = network with { Nodes = network.Nodes.Add(softmax), Outputs = [network.Outputs[0] with { Name = "probabilities" }] };
        var images = TrainingFixture.Images(12);
        using var plain = new TorchNetwork(network, TrainingDevice.Cpu);
        using var other = new TorchNetwork(ending, TrainingDevice.Cpu);
        var expected = EvidencePass.Collect(network, null, EvidenceKinds.Gradients, images, TrainingFixture.Norm, 1, 12, new(1, "sample"), TrainingDevice.Cpu).Gradients!;
        var found = EvidencePass.Collect(ending, null, EvidenceKinds.Gradients, images, TrainingFixture.Norm, 1, 12, new(1, "sample"), TrainingDevice.Cpu).Gradients!;
        Assert.All(expected, pair => Assert.Equal(pair.Value, found[pair.Key]));
        Assert.Equal(
            Evaluation.Accuracy(plain, images, TrainingFixture.Norm).Loss, Evaluation.Accuracy(other, images, TrainingFixture.Norm).Loss, 1e-6);
    }
}
