using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Trials;
using Distributed.Gallery;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Pruning;

/// <summary>A network without branches, sliced on top of that, answers as the full one with closed gates and masks.</summary>
public sealed class BranchRemovalTests
{
    private const int Rounds = 6;

    public static TheoryData<string> Gallery => [.. GalleryNetworks.Names];

    public static TheoryData<string> ZooNames => Models.ZooNames;

    [Theory, MemberData(nameof(Gallery))]
    public void Left_out_is_multiplied_by_zero_in_networks_of_every_family(string name)
    {
        var network = Normalizer.Normalize(GalleryNetworks.Build(name));
        Check(network, name, seed => new() { ["input"] = GalleryNetworks.Inputs(network, 3, seed) });
    }

    [Theory, MemberData(nameof(ZooNames))]
    public void Left_out_is_multiplied_by_zero_in_the_zoo(string name)
    {
        var network = RandomNetworks.Shaken(Models.Small(name, size: 16), seed: 6);
        Check(network, name, seed => Images(network, 16, seed));
    }

    [Theory]
    [InlineData("resnet20-cifar10-bn.onnx")]
    [InlineData("resnet20-cifar10-folded.onnx")]
    public void Left_out_is_multiplied_by_zero_in_a_trained_network(string file)
    {
        var network = Normalizer.Normalize(OnnxReader.Read(Models.SharedModel(file)));
        Check(network, file, seed => Images(network, 32, seed));
    }

    private static Dictionary<string, Tensor> Images(Network network, int size, ulong seed) => new()
    {
        [network.Inputs[0].Name] = new FloatTensor([2, 3, size, size], RandomNetworks.Input([2, 3, size, size], new(seed, "tests/branches"))),
    };

    private static void Check(Network network, string name, Func<ulong, Dictionary<string, Tensor>> inputs)
    {
        var branches = ResidualBranches.Of(network);
        var profile = Profiled(network, branches);
        var costs = new CostModel(profile);
        var random = new SeededRandom(11, $"tests/branches/{name}");
        foreach (var grouping in ChannelGroups.All(network))
        {
            for (ulong round = 0; branches.Count > 0 && round < Rounds; round++)
            {
                int count = round == 0 ? branches.Count : random.Next(1, branches.Count + 1);
                ResidualBranch[] leftOut = [.. branches.Take(count)];
                var shallow = BranchRemoval.Without(network, leftOut);
                var plan = RandomNetworks.Plan(grouping, random);
                var within = GroupingWithin.Of(grouping, shallow, Names(grouping, shallow));
                var kept = within.Families.Select(family => plan.Families.Single(cut => cut.Name == family.Name).Kept);
                var fed = inputs(round);
                float[] expected = Logits(Masking.Apply(BranchGates.Closed(network, leftOut), grouping, plan), fed);
                var sliced = Slicer.Apply(shallow, within, PruningPlan.Of(within, [.. kept]));
                double difference = Parity.MaxDifference(Logits(sliced, fed), expected);
                Assert.True(expected.Max(Math.Abs) > 1e-3, "the outputs vanish: the test would prove nothing");
                Assert.True(difference <= 1e-4 * Math.Max(1, expected.Max(Math.Abs)), $"{grouping.Closure}, without {string.Join(", ", leftOut.Select(branch => branch.Name))}: {difference}");
            }
        }

        for (int count = 0; count <= branches.Count; count++) CheckProfile(network, profile, costs, [.. branches.Take(count)]);
    }

    /// <summary>What is predicted of the dense widths without branches is what the shallower network has; families are gone for both or neither.</summary>
    private static void CheckProfile(Network network, ModelProfile profile, CostModel costs, IReadOnlyList<ResidualBranch> leftOut)
    {
        var shallow = BranchRemoval.Without(network, leftOut);
        var actual = OperatorCosts.Of(shallow, ShapeInference.Infer(shallow, 1));
        Candidate candidate = new([new(ParameterNames.DepthRatio, profile.Branches.Count == 0 ? 0 : leftOut.Count / (double)profile.Branches.Count)]);
        var predicted = costs.Costs(candidate);
        Assert.Equal(leftOut.Select(branch => branch.Name), Depths.LeftOut(profile, candidate));
        Assert.Equal(actual.Sum(cost => cost.Macs), predicted.Macs);
        Assert.Equal(actual.Sum(cost => cost.Parameters), predicted.Parameters);
        bool[] stays = Depths.HasFamilies(profile, candidate);
        foreach (var grouping in ChannelGroups.All(network))
        {
            string? closure = profile.Closure is null ? null : GroupingUnion.Name(grouping.Closure);
            var left = profile.Families.Where((family, i) => stays[i] && (family.Closure is null || family.Closure == closure)).Select(GroupingUnion.OwnName);
            Assert.Equal(left.Order(StringComparer.Ordinal), Names(grouping, shallow).Order(StringComparer.Ordinal));
        }
    }

    private static ModelProfile Profiled(Network network, IReadOnlyList<ResidualBranch> branches)
    {
        List<BranchProfile> profiles = [];
        var before = network;
        foreach (var branch in branches)
        {
            var after = BranchRemoval.Without(network, [.. branches.Take(profiles.Count + 1)]);
            profiles.Add(new(branch.Name, 0, BranchRemoval.Nodes(before, after)));
            before = after;
        }

        return DenseProfile.Of(network, 0, 1, _ => []) with { Branches = profiles };
    }

    /// <summary>The families of which a network still has weights.</summary>
    private static HashSet<string> Names(ModelGrouping grouping, Network network) => [.. grouping.Families
        .Where(family => family.Units.Any(unit => unit.Members.Any(member => network.Initializers.ContainsKey(member.Initializer)))).Select(family => family.Name)];

    private static float[] Logits(Network network, Dictionary<string, Tensor> fed)
    {
        using var evaluator = new OnnxEvaluator(OnnxWriter.ToBytes(network), optimized: false);
        return ((FloatTensor)evaluator.Run(fed)[0]).Data;
    }
}
