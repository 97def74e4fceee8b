using System.Diagnostics;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Sweeps;

namespace Distributed.Gallery;

/// <summary>Compares sliced networks with the masked one, which is loaded once.</summary>
internal sealed class SliceOracle : IDisposable
{
    private const int Images = 2;
    private const int MostTokens = 32;
    private readonly Network _network;
    private readonly ModelGrouping _grouping;
    private readonly OnnxEvaluator _masked;

    public SliceOracle(Network network, ModelGrouping grouping)
    {
        (_network, _grouping) = (network, grouping);
        _masked = new OnnxEvaluator(OnnxWriter.ToBytes(Masking.Open(network, grouping)), threads: Environment.ProcessorCount, optimized: false);
    }

    /// <summary>One random plan on random inputs.</summary>
    public Comparison Compare(SeededRandom random)
    {
        var plan = PruningPlan.Of(_grouping, [.. _grouping.Families.Select(family => Units(family.Width, random))]);
        var fed = Inputs(_network, random);
        long start = Stopwatch.GetTimestamp();
        var sliced = Slicer.Apply(_network, _grouping, plan);
        double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        using var session = new OnnxEvaluator(OnnxWriter.ToBytes(sliced), threads: Environment.ProcessorCount, optimized: false);
        float[] actual = Logits(session, fed);
        float[] units = Masking.Units(_grouping, plan);
        fed[Masking.Stays] = new FloatTensor([units.Length], units);
        return Compared(actual, Logits(_masked, fed), took);
    }

    /// <summary>One random choice of residual branches: the network without them against the whole one in which they are multiplied by 0.</summary>
    public static Comparison CompareWithout(Network network, IReadOnlyList<ResidualBranch> branches, SeededRandom random)
    {
        ResidualBranch[] leftOut = [.. Units(branches.Count, random).Select(place => branches[place])];
        var fed = Inputs(network, random);
        long start = Stopwatch.GetTimestamp();
        var shallow = BranchRemoval.Without(network, leftOut);
        double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        using var session = new OnnxEvaluator(OnnxWriter.ToBytes(shallow), threads: Environment.ProcessorCount, optimized: false);
        using var gated = new OnnxEvaluator(OnnxWriter.ToBytes(BranchGates.Closed(network, leftOut)), threads: Environment.ProcessorCount, optimized: false);
        return Compared(Logits(session, fed), Logits(gated, fed), took);
    }

    private static Comparison Compared(float[] actual, float[] expected, double took)
    {
        double scale = expected.Max(Math.Abs);
        float[] first = expected[..(expected.Length / Images)], second = expected[^(expected.Length / Images)..];
        return new(Parity.MaxDifference(actual, expected) / scale, Parity.MaxDifference(first, second) / scale, took);
    }

    /// <summary>Standard normal images, or random small numbers where the model reads tokens.</summary>
    private static Dictionary<string, Tensor> Inputs(Network network, SeededRandom random)
    {
        var input = network.Inputs[0];
        var shape = input.Shape.SetItem(0, input.Shape[0] > 0 ? input.Shape[0] : Images);
        int count = Tensor.Count(shape);
        return new()
        {
            [input.Name] = input.Type == ElementType.Float
                ? new FloatTensor(shape, [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())])
                : new IntegerTensor(shape, [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(MostTokens))], input.Type),
        };
    }

    private static float[] Logits(OnnxEvaluator evaluator, Dictionary<string, Tensor> fed) => ((FloatTensor)evaluator.Run(fed)[0]).Data;

    /// <inheritdoc/>
    public void Dispose() => _masked.Dispose();

    private static IReadOnlyList<int> Units(int width, SeededRandom random)
    {
        int[] units = [.. Enumerable.Range(0, width)];
        random.Shuffle(units);
        return [.. units.Take(random.Next(1, width + 1)).Order()];
    }
}
