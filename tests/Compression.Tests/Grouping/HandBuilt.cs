using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Tests.Pruning;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Grouping;

/// <summary>Small networks that each hold one difficulty.</summary>
internal static class HandBuilt
{
    public static Network Of(string name, Func<NetworkBuilder, string> build)
    {
        var net = new NetworkBuilder(name, seed: 11);
        return RandomNetworks.Shaken(net.Build(build(net)), seed: 12);
    }

    /// <summary>Input [N, 3, 6, 6] → 3×3 convolution with bias → ReLU.</summary>
    public static string Stem(NetworkBuilder net, int width) =>
        net.Relu("relu", net.Conv("stem", net.Input(3, 6, 6), width, kernel: 3, pad: 1, bias: true));

    public static string[] Describe(ModelGrouping grouping) => [.. grouping.Families.Select(family => Invariant($"{family.Name}:{family.Width}"))];

    /// <summary>Checks for every legal closure that random plans give the masked network's output, and returns the grouping that is the default.</summary>
    public static ModelGrouping Checked(Network network, int plans = 20)
    {
        var groupings = ChannelGroups.All(network);
        var random = new SeededRandom(13, $"tests/hand/{network.Name}");
        foreach (var grouping in groupings)
        {
            for (int i = 0; i < plans; i++)
            {
                var plan = RandomNetworks.Plan(grouping, random);
                var (difference, scale) = RandomNetworks.Compare(network, grouping, plan, random);
                Assert.True(scale > 1e-3, "the outputs vanish: the test would prove nothing");
                Assert.True(difference <= 1e-4 * Math.Max(1, scale), $"{network.Name}, {grouping.Closure}: {difference} of {scale}: {plan.ToJson()}");
            }
        }

        return groupings[0];
    }

    /// <summary>The families of the other legal closure.</summary>
    public static string[] Other(Network network) => Describe(ChannelGroups.All(network)[1]);
}
