using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Compression.Training;
using TorchSharp;

namespace Distributed.Compression.Tests.Training;

public sealed class ReconstructionTests
{
    private static readonly ImageSet Images = TrainingFixture.Images(48);

    public ReconstructionTests() => torch.set_num_threads(1);

    [Fact]
    public void A_convolution_is_fitted_as_the_normal_equations_say()
    {
        var (before, sliced, grouping, plan) = Cut(TrainingFixture.Tiny());
        var fitted = Reconstruction.Run(before, sliced, grouping, plan, Images, TrainingFixture.Norm, [.. Enumerable.Range(0, 48)], TrainingDevice.Cpu);
        var node = sliced.Nodes.Single(other => other.Name == "conv2");
        float[] found = fitted.Floats(node.Inputs[1]).Data;
        double[] expected = NormalEquations(before, sliced, grouping, plan, node);
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.NotEqual(sliced.Floats(node.Inputs[1]).Data, found);
    }

    [Theory]
    [InlineData("resnet-8")]
    [InlineData("lenet")]
    public void It_brings_the_logits_nearer_to_those_of_the_dense_network_on_images_it_has_not_seen(string zoo)
    {
        var images = SmallNets.Images(128, 3, 32, 32, 10);
        var normalization = new Normalization([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);
        var (before, sliced, grouping, plan) = Cut(SmallNets.Perturbed(Zoo.Build(zoo, 3, 32, 32, 10, seed: 1)));
        var fitted = Reconstruction.Run(before, sliced, grouping, plan, images, normalization, [.. Enumerable.Range(0, 96)], TrainingDevice.Cpu);
        Assert.True(Error(fitted) < 0.7 * Error(sliced));
        double Error(Network network)
        {
            using var scope = torch.NewDisposeScope();
            using var frozen = torch.no_grad();
            var (inputs, _) = new BatchFeeder(images, normalization, TrainingDevice.Cpu).Batch([.. Enumerable.Range(96, 32)]);
            using TorchNetwork one = new(before, TrainingDevice.Cpu), other = new(network, TrainingDevice.Cpu);
            return (one.Forward(inputs, Pass.Evaluating) - other.Forward(inputs, Pass.Evaluating)).square().mean().item<float>();
        }
    }

    [Fact]
    public void Values_inside_the_network_are_those_on_the_way_to_the_logits()
    {
        var network = TrainingFixture.Tiny();
        using var scope = torch.NewDisposeScope();
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        var input = TrainingFixture.Input(3);
        Assert.Equal(TrainingFixture.Values(net.Forward(input, Pass.Evaluating)), TrainingFixture.Values(net.Value(input, network.Outputs[0].Name)));
        Assert.Equal(TrainingFixture.Values(input), TrainingFixture.Values(net.Value(input, network.Inputs[0].Name)));
        float[] activated = TrainingFixture.Values(net.Value(input, network.Nodes.Single(node => node.Operator == "Sigmoid").Output));
        Assert.All(activated, value => Assert.InRange(value, 0, 1));
        Assert.Equal(3 * 4 * 8 * 8, activated.Length);
    }

    /// <summary>Half of every family's units goes: every second one.</summary>
    private static (Network Before, Network Sliced, ModelGrouping Grouping, PruningPlan Plan) Cut(Network network)
    {
        var grouping = ChannelGroups.Of(network);
        var plan = PruningPlan.Of(grouping, [.. grouping.Families.Select(family => (IReadOnlyList<int>)[.. Enumerable.Range(0, (family.Width + 1) / 2).Select(i => 2 * i)])]);
        return (network, Slicer.Apply(network, grouping, plan), grouping, plan);
    }

    /// <summary>(UᵀU + λI)·W = UᵀY + λ·W₀ of the second convolution (3 × 3, stride 2, padding 1), in plain loops and by elimination.</summary>
    private static double[] NormalEquations(Network before, Network sliced, ModelGrouping grouping, PruningPlan plan, Node node)
    {
        using var scope = torch.NewDisposeScope();
        using TorchNetwork whole = new(before, TrainingDevice.Cpu), part = new(sliced, TrainingDevice.Cpu);
        var (inputs, _) = new BatchFeeder(Images, TrainingFixture.Norm, TrainingDevice.Cpu).Batch([.. Enumerable.Range(0, 48)]);
        float[] x = TrainingFixture.Values(part.Value(inputs, node.Inputs[0])), y = TrainingFixture.Values(whole.Value(inputs, node.Output));
        int[] kept = [.. plan.Families[^1].Kept];
        var weight = sliced.Floats(node.Inputs[1]);
        (int channels, int outputs, int size, int half) = (weight.Shape[1], weight.Shape[0], 8, 4);
        int unknowns = channels * 9;
        double[,] system = new double[unknowns, unknowns + outputs];
        for (int image = 0; image < 48; image++)
        {
            for (int place = 0; place < half * half; place++)
            {
                double[] u = [.. Enumerable.Range(0, unknowns).Select(k => At(image, k / 9, (2 * (place / half)) - 1 + (k % 9 / 3), (2 * (place % half)) - 1 + (k % 3)))];
                for (int i = 0; i < unknowns; i++)
                {
                    for (int j = 0; j < unknowns; j++) system[i, j] += u[i] * u[j];
                    for (int o = 0; o < outputs; o++) system[i, unknowns + o] += u[i] * y[(((image * grouping.Families[^1].Width) + kept[o]) * half * half) + place];
                }
            }
        }

        double ridge = 1e-3 * Enumerable.Range(0, unknowns).Average(i => system[i, i]);
        for (int i = 0; i < unknowns; i++)
        {
            system[i, i] += ridge;
            for (int o = 0; o < outputs; o++) system[i, unknowns + o] += ridge * weight.Data[(o * unknowns) + i];
        }

        Eliminate(system, unknowns);
        return [.. Enumerable.Range(0, outputs).SelectMany(o => Enumerable.Range(0, unknowns).Select(i => system[i, unknowns + o] / system[i, i]))];
        double At(int image, int channel, int row, int column) =>
            row < 0 || column < 0 || row >= size || column >= size ? 0 : x[(((((image * channels) + channel) * size) + row) * size) + column];
    }

    private static void Eliminate(double[,] system, int unknowns)
    {
        for (int pivot = 0; pivot < unknowns; pivot++)
        {
            for (int row = 0; row < unknowns; row++)
            {
                if (row == pivot) continue;
                double factor = system[row, pivot] / system[pivot, pivot];
                for (int column = pivot; column < system.GetLength(1); column++) system[row, column] -= factor * system[pivot, column];
            }
        }
    }
}
