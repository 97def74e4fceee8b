using System.Globalization;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Compression.Tests.Graph;
using Distributed.Gallery;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Pruning;

/// <summary>
/// Invariant 3 on whole architectures as they are published, in ONNX Runtime, for every closure and without random residual branches. Their
/// weights are drawn anew, since the files come without. More plans by DISTRIBUTED_PLANS=200.
/// </summary>
public sealed class SharedModelTests
{
    private static readonly int Plans = int.Parse(Environment.GetEnvironmentVariable("DISTRIBUTED_PLANS") ?? "3", CultureInfo.InvariantCulture);

    [Theory, MemberData(nameof(LightModelTests.All), MemberType = typeof(LightModelTests))]
    public void A_sliced_network_answers_as_the_masked_one(string name)
    {
        var network = Endings.WithoutSoftmax(RandomWeights.Of(Normalizer.Normalize(OnnxReader.Read(Models.SharedModel($"light/light_{name}.onnx"))), seed: 1));
        var random = new SeededRandom(1, $"tests/light/{name}");
        foreach (var grouping in ChannelGroups.All(network))
        {
            Assert.NotEmpty(grouping.Families);
            using SliceOracle oracle = new(network, grouping);
            for (int i = 0; i < Plans; i++) Check(oracle.Compare(random), $"{grouping.Closure}, plan {i}");
        }

        var branches = ResidualBranches.Of(network);
        Assert.Equal(name is "resnet50" or "shufflenet", branches.Count > 0);
        for (int i = 0; i < Plans && branches.Count > 0; i++) Check(SliceOracle.CompareWithout(network, branches, random), $"branches, choice {i}");
    }

    private static void Check(Comparison one, string plan)
    {
        Assert.True(one.Signal > 1e-4, $"{plan}: two images differ by {one.Signal} of the largest logit, which would prove nothing");
        Assert.True(one.Difference <= 1e-4, $"{plan}: {one.Difference} of the largest logit");
    }
}
