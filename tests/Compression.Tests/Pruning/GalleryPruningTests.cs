using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Gallery;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Pruning;

/// <summary>Invariant 3 on small networks of every family that people bring, as they are after import.</summary>
public sealed class GalleryPruningTests
{
    private const int Plans = 6;

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string name in GalleryNetworks.Names)
            {
                foreach (int opset in (int[])[7, 9, 17, 21, 23]) cases.Add(name, opset);
            }

            foreach (string name in GalleryNetworks.OfSet6) cases.Add(name, 6);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Sliced_is_masked_for_every_closure(string name, int opset)
    {
        var network = Normalizer.Normalize(GalleryNetworks.Build(name, opset));
        foreach (var grouping in ChannelGroups.All(network))
        {
            Assert.NotEmpty(grouping.Families);
            var random = new SeededRandom(17, $"tests/gallery/{name}");
            for (ulong i = 0; i < Plans; i++)
            {
                var plan = RandomNetworks.Plan(grouping, random);
                var fed = new Dictionary<string, Tensor> { ["input"] = GalleryNetworks.Inputs(network, 3, seed: i) };
                float[] expected = Logits(Masking.Apply(network, grouping, plan), fed);
                double difference = Parity.MaxDifference(Logits(Slicer.Apply(network, grouping, plan), fed), expected);
                Assert.True(difference <= 1e-4 * Math.Max(1, expected.Max(Math.Abs)), $"{grouping.Closure}, plan {i}: {difference}; {plan.ToJson()}");
            }
        }
    }

    [Theory]
    [InlineData("vit", 8, 3)]
    [InlineData("vit-packed", 8, 3)]
    [InlineData("bert", 8, 3)]
    public void Heads_and_their_dimension_are_both_offered(string name, int dimension, int heads)
    {
        var groupings = ChannelGroups.All(Normalizer.Normalize(GalleryNetworks.Build(name))).ToDictionary(grouping => grouping.Closure);
        Assert.Contains(groupings[Closure.InsideGroups].Families, family => family.Width == dimension);
        Assert.Contains(groupings[Closure.WholeGroups].Families, family => family.Width == heads);
    }

    [Theory]
    [InlineData("resnext")]
    [InlineData("resnet-groupnorm")]
    public void Groups_of_channels_are_both_offered(string name) =>
        Assert.Equal(2, ChannelGroups.All(Normalizer.Normalize(GalleryNetworks.Build(name))).Count);

    private static float[] Logits(Network network, Dictionary<string, Tensor> fed)
    {
        using var evaluator = new OnnxEvaluator(OnnxWriter.ToBytes(network), optimized: false);
        return ((FloatTensor)evaluator.Run(fed)[0]).Data;
    }
}
