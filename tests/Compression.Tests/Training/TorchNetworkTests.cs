using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Importance;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Training;
using Distributed.Sweeps;
using static TorchSharp.torch;

namespace Distributed.Compression.Tests.Training;

public sealed class TorchNetworkTests
{
    public static TheoryData<string> ZooNames { get; } = [.. Zoo.Names];

    [Theory, MemberData(nameof(ZooNames))]
    public void A_network_of_the_zoo_gives_the_logits_that_ONNX_Runtime_gives(string name)
    {
        var network = SmallNets.Perturbed(Zoo.Build(name, 3, 32, 32, 10, seed: 5));
        AssertSame(network, OnnxWriter.ToBytes(network));
    }

    [Theory, MemberData(nameof(Models.Residual), MemberType = typeof(Models))]
    public void A_trained_model_file_once_normalised_gives_the_logits_that_ONNX_Runtime_gives_for_the_file(string file)
    {
        string path = Models.SharedModel(file);
        AssertSame(Normalizer.Normalize(OnnxReader.Read(path)), File.ReadAllBytes(path));
    }

    [Fact]
    public void A_network_read_back_has_the_same_weights()
    {
        var network = SmallNets.Perturbed(Zoo.Build("resnet-8", 3, 16, 16, 10, seed: 5));
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        Assert.Equal(OnnxWriter.ToBytes(network), OnnxWriter.ToBytes(net.ToNetwork()));
    }

    [Fact]
    public void An_operator_without_a_rule_is_named_with_its_node()
    {
        var network = Zoo.Build("lenet", 1, 28, 28, 10, seed: 1);
        network = network with { Nodes = network.Nodes.Replace(network.Nodes[1], network.Nodes[1] with { Operator = "Det" }) };
        var error = Assert.Throws<InvalidInputException>(() => new TorchNetwork(network, TrainingDevice.Cpu));
        Assert.Contains(network.Nodes[1].Name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        var images = SmallNets.Images(16, 1, 8, 8, 4);
        var normalization = new Normalization([0.5f], [0.25f]);
        var network = SmallNets.Perturbed(Zoo.Build("lenet", 1, 28, 28, 4, seed: 5));
        images = SmallNets.Images(16, 1, 28, 28, 4);
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        var gradients = EvidencePass.Collect(network, null, EvidenceKinds.Gradients, images, normalization, 1, 16, new(1, "sample"), TrainingDevice.Cpu).Gradients!;
        foreach (var parameter in net.Parameters)
        {
            // The largest component stands out of float rounding.
            float[] gradient = gradients[parameter.Name];
            int place = Enumerable.Range(0, gradient.Length).MaxBy(i => Math.Abs(gradient[i]));
            double up = LossAt(net, parameter.Value, place, 1e-2f, images, normalization);
            double down = LossAt(net, parameter.Value, place, -1e-2f, images, normalization);
            Assert.Equal(gradient[place], (up - down) / 2e-2, 0.05 * Math.Abs(gradient[place]) + 1e-4);
        }
    }

    internal static void AssertSame(Network network, byte[] model)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        using var evaluator = new OnnxEvaluator(model);
        var random = new SeededRandom(1, "inputs");
        var shape = network.Inputs[0].Shape;
        const int Batch = 8;
        float[] input = new float[Batch * shape[1] * shape[2] * shape[3]];
        for (int i = 0; i < input.Length; i++) input[i] = (float)random.NextNormal();
        float[] expected = evaluator.Run(input, [Batch, shape[1], shape[2], shape[3]]);
        float[] found = net.Forward(tensor(input, [Batch, shape[1], shape[2], shape[3]]), Pass.Evaluating).data<float>().ToArray();
        Assert.Equal(expected.Length, found.Length);
        double scale = Math.Max(1, expected.Max(Math.Abs));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * scale));
    }

    private static double LossAt(TorchNetwork net, TorchSharp.torch.Tensor parameter, int place, float shift, ImageSet images, Normalization normalization)
    {
        using var scope = NewDisposeScope();
        float[] move = new float[parameter.numel()];
        move[place] = shift;
        var moved = tensor(move, parameter.shape);
        using (no_grad()) parameter.add_(moved);
        double loss = Evaluation.Accuracy(net, images, normalization).Loss;
        using (no_grad()) parameter.sub_(moved);
        return loss;
    }
}
