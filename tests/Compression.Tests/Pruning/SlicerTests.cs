using System.Globalization;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Pruning;

/// <summary>Invariant 3: sliced output = masked output. More plans by DISTRIBUTED_PLANS=200.</summary>
public sealed class SlicerTests
{
    private static readonly int Plans = int.Parse(Environment.GetEnvironmentVariable("DISTRIBUTED_PLANS") ?? "8", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("lenet")]
    [InlineData("mobilenet-v2")]
    [InlineData("resnet-8")]
    [InlineData("resnet-20")]
    [InlineData("resnet-56")]
    [InlineData("vgg-16-bn")]
    [InlineData("vit-tiny")]
    public void A_sliced_network_answers_as_the_masked_one(string name) =>
        Check(RandomNetworks.Shaken(Zoo.Build(name, channels: 3, height: 16, width: 16, classes: 10, seed: 5), seed: 6), name);

    internal static void Check(Network network, string name)
    {
        var grouping = ChannelGroups.Of(network);
        Assert.NotEmpty(grouping.Families);
        var random = new SeededRandom(7, $"tests/plans/{name}");
        for (int i = 0; i < Plans; i++)
        {
            var plan = RandomNetworks.Plan(grouping, random);
            var (difference, scale) = RandomNetworks.Compare(network, grouping, plan, random);
            Assert.True(scale > 1e-3, $"plan {i} of {name} gives outputs of {scale} only: the test would prove nothing");
            Assert.True(difference <= 1e-4 * Math.Max(1, scale), $"plan {i} of {name}: {difference} of {scale}; {plan.ToJson()}");
        }
    }
}
