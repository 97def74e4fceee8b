using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Pruning;

/// <summary>Weights, inputs and plans that hide nothing: no bias of zero, no variance of one.</summary>
internal static class RandomNetworks
{
    /// <summary>The network with every vector of floats drawn anew: variances in [0.5, 1.5], all else away from zero.</summary>
    public static Network Shaken(Network network, ulong seed)
    {
        var random = new SeededRandom(seed, "tests/weights");
        var variances = network.Nodes.Where(node => node.Operator == "BatchNormalization").Select(node => node.Inputs[4]).ToHashSet();
        var shaken = network.Initializers.ToBuilder();
        foreach (var (name, tensor) in network.Initializers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (tensor is not FloatTensor { Shape.Length: 1, Length: > 1 } vector) continue;
            float around = variances.Contains(name) ? 1 : vector.Data.Average();
            shaken[name] = new FloatTensor(vector.Shape, [.. vector.Data.Select(_ => (float)(around + random.NextDouble() - 0.5))]);
        }

        return network with { Initializers = shaken.ToImmutable() };
    }

    /// <summary>For every family a random number of random units, at least one.</summary>
    public static PruningPlan Plan(ModelGrouping grouping, SeededRandom random, int least = 1) => PruningPlan.Of(
        grouping,
        [.. grouping.Families.Select(family => (IReadOnlyList<int>)Units(family.Width, Math.Min(least, family.Width), random))]);

    /// <summary>Standard normal elements.</summary>
    public static float[] Input(ImmutableArray<int> shape, SeededRandom random)
    {
        float[] input = new float[Tensor.Count(shape)];
        for (int i = 0; i < input.Length; i++) input[i] = (float)random.NextNormal();
        return input;
    }

    /// <summary>Largest difference between the sliced network and the masked one, and the largest output of the latter.</summary>
    public static (double Difference, double Scale) Compare(Network network, ModelGrouping grouping, PruningPlan plan, SeededRandom random)
    {
        ImmutableArray<int> shape = [network.Inputs[0].Shape[0] > 0 ? network.Inputs[0].Shape[0] : 2, .. network.Inputs[0].Shape[1..]];
        float[] input = Input(shape, random);
        using var sliced = new OnnxEvaluator(OnnxWriter.ToBytes(Slicer.Apply(network, grouping, plan)), optimized: false);
        using var masked = new OnnxEvaluator(OnnxWriter.ToBytes(Masking.Apply(network, grouping, plan)), optimized: false);
        float[] expected = masked.Run(input, [.. shape]);
        return (Parity.MaxDifference(sliced.Run(input, [.. shape]), expected), expected.Max(Math.Abs));
    }

    private static int[] Units(int width, int least, SeededRandom random)
    {
        int[] units = [.. Enumerable.Range(0, width)];
        random.Shuffle(units);
        return [.. units.Take(random.Next(least, width + 1)).Order()];
    }
}
