using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Tests.Grouping;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Pruning;

public sealed class ProfileBuilderTests
{
    public static TheoryData<string> Names => Models.ZooNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void Predicted_costs_are_those_of_the_sliced_network(string name) => Check(Models.Small(name, size: 16));

    [Theory]
    [InlineData("resnet20-cifar10-bn.onnx")]
    [InlineData("resnet20-cifar10-folded.onnx")]
    public void Predicted_costs_of_a_trained_network_are_those_of_the_sliced_one(string file) =>
        Check(Normalizer.Normalize(OnnxReader.Read(Models.SharedModel(file))));

    /// <summary>Positions are mixed by a stored matrix on the left, as in mixers of tokens.</summary>
    [Fact]
    public void Predicted_costs_hold_where_a_constant_is_multiplied_from_the_left() => Check(HandBuilt.Of("left", net =>
    {
        string tokens = Attention.Tokens(net, "tokens", HandBuilt.Stem(net, 12));
        string mixed = net.Add("MatMul", "mixed", [net.Weights("mixed.weight", [20, 36], 36, 1), tokens]);
        string features = net.Add("MatMul", "features", [mixed, net.Weights("features.weight", [12, 16], 12, 1)]);
        return net.Dense("head", net.Flatten("flat", net.Relu("act", features)), 5);
    }));

    [Fact]
    public void Every_operator_with_a_surface_has_a_request_that_covers_it()
    {
        var network = Models.Small("resnet-8");
        var grouping = ChannelGroups.Of(network);
        var requests = ProfileBuilder.Surfaces(network, grouping).ToDictionary(request => request.Surface.Key);
        var timed = ProfileBuilder.Operators(network, grouping).Where(op => op.Surface is not null).ToArray();
        Assert.Equal(["Conv", "Gemm", "GlobalAveragePool"], timed.Select(op => op.Operator).Distinct().Order());
        int[] dense = [.. grouping.Families.Select(family => family.Width)];
        Assert.All(timed, op => Assert.True(requests[op.Surface!].MaxInput >= op.Input.At(dense) && requests[op.Surface!].MaxOutput >= op.Output.At(dense)));
    }

    [Theory]
    [InlineData("resnet20-cifar10-bn.onnx", false)]
    [InlineData("resnet20-cifar10-bn.onnx", true)]
    [InlineData("resnet20-cifar10-folded.onnx", false)]
    [InlineData("resnet20-cifar10-folded.onnx", true)]
    public void Every_convolution_of_a_trained_file_is_timed_normalised_or_not(string file, bool normalised)
    {
        var network = OnnxReader.Read(Models.SharedModel(file));
        if (normalised) network = Normalizer.Normalize(network);
        var surfaces = SurfaceAssignment.Of(network, ChannelGroups.Of(network));
        Assert.All(network.Nodes.Where(node => node.Operator == "Conv"), node => Assert.Contains(node.Name, surfaces));
        Assert.NotEmpty(ProfileBuilder.Surfaces(network, ChannelGroups.Of(network)));
    }

    [Fact]
    public void Normalisations_and_softmaxes_of_a_transformer_are_timed()
    {
        var network = Models.Small("vit-tiny");
        foreach (var grouping in ChannelGroups.All(network))
        {
            var timed = ProfileBuilder.Operators(network, grouping).Where(op => op.Surface is not null).ToArray();
            var requests = ProfileBuilder.Surfaces(network, grouping).ToDictionary(request => request.Surface.Key);
            Assert.Equal(9, timed.Count(op => op.Operator == "LayerNormalization" && Compression.Measuring.SurfaceModel.CanBuild(requests[op.Surface!].Surface)));
            Assert.Equal(4, timed.Count(op => op.Operator == "Softmax" && Compression.Measuring.SurfaceModel.CanBuild(requests[op.Surface!].Surface)));
        }
    }

    private static void Check(Network network)
    {
        var profile = DenseProfile.Of(network, 0, 1, _ => []);
        var model = new CostModel(profile);
        var random = new SeededRandom(3, "tests/costs");
        foreach (var grouping in ChannelGroups.All(network))
        {
            string? closure = profile.Closure is null ? null : GroupingUnion.Name(grouping.Closure);
            for (int i = 0; i < 10; i++)
            {
                var plan = i == 0 ? PruningPlan.Dense(grouping) : RandomNetworks.Plan(grouping, random, least: 2);
                var sliced = Slicer.Apply(network, grouping, plan);
                var actual = OperatorCosts.Of(sliced, ShapeInference.Infer(sliced, 1));
                var own = new Queue<int>(plan.Families.Select(family => family.Kept.Count));
                var predicted = model.At([.. profile.Families.Select(family => family.Closure is null || family.Closure == closure ? own.Dequeue() : family.Width)]);
                Assert.Equal(actual.Sum(cost => cost.Macs), predicted.Macs);
                Assert.Equal(actual.Sum(cost => cost.Parameters), predicted.Parameters);
            }
        }
    }
}
