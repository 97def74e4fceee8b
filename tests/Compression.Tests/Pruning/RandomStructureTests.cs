using Distributed.Compression.Grouping;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Pruning;

/// <summary>Invariant 3 on networks that nobody has drawn.</summary>
public sealed class RandomStructureTests
{
    private const int Networks = 120;
    private const int Plans = 3;

    [Fact]
    public void Whatever_a_network_is_made_of_sliced_is_masked()
    {
        int prunable = 0;
        for (ulong seed = 0; seed < Networks; seed++)
        {
            var network = RandomStructures.Of(seed);
            foreach (var grouping in ChannelGroups.All(network))
            {
                prunable += grouping.UnitCount > 0 ? 1 : 0;
                var random = new SeededRandom(seed, "tests/structures/plans");
                for (int i = 0; i < Plans; i++) Check(seed, network, grouping, random);
            }
        }

        Assert.True(prunable >= Networks * 0.95, $"only {prunable} groupings of {Networks} networks have anything to prune");
    }

    private static void Check(ulong seed, Compression.Graph.Network network, ModelGrouping grouping, SeededRandom random)
    {
        Distributed.Compression.Pruning.PruningPlan plan;
        try
        {
            plan = RandomNetworks.Plan(grouping, random);
        }
        catch (InvalidInputException emptied) when (emptied.Message.Contains("leaves none", StringComparison.Ordinal))
        {
            return;
        }

        var (difference, scale) = RandomNetworks.Compare(network, grouping, plan, random);
        string structure = string.Join(' ', network.Nodes.Select(node => node.Operator));
        Assert.True(difference <= 1e-4 * Math.Max(1, scale), $"network {seed}, {grouping.Closure}: {difference} of {scale}; {structure}");
    }
}
