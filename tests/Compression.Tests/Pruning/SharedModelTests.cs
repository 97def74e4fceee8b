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
            Check([.. Enumerable.Range(0, Plans).Select(_ => oracle.Compare(random))], $"{grouping.Closure}");
        }

        var branches = ResidualBranches.Of(network);
        Assert.Equal(name is "resnet50" or "shufflenet", branches.Count > 0);
        if (branches.Count > 0) Check([.. Enumerable.Range(0, Plans).Select(_ => SliceOracle.CompareWithout(network, branches, random))], "branches");
    }

    /// <summary>Random weights and plans that leave few channels answer all images nearly alike: what two images differ by must stand out.</summary>
    private static void Check(IReadOnlyList<Comparison> all, string what)
    {
        var (worst, signal) = (all.Max(one => one.Difference), all.Select(one => one.Signal).Order().ElementAt(all.Count / 2));
        Assert.True(worst <= 1e-4, $"{what}: {worst} of the largest logit");
        Assert.True(signal > 20 * worst, $"{what}: two images differ by {signal} of the largest logit (median) and the networks by {worst}: that would prove nothing");
    }
}
