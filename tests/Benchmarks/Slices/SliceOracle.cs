using System.Diagnostics;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Compares sliced networks with the masked one, which is loaded once.</summary>
internal sealed class SliceOracle : IDisposable
{
    private const int Images = 2;
    private readonly Network _network;
    private readonly ModelGrouping _grouping;
    private readonly OnnxEvaluator _masked;

    public SliceOracle(Network network, ModelGrouping grouping)
    {
        (_network, _grouping) = (network, grouping);
        _masked = new OnnxEvaluator(OnnxWriter.ToBytes(Masking.Open(network, grouping)), threads: Environment.ProcessorCount, optimized: false);
    }

    /// <summary>One random plan on random images.</summary>
    public Comparison Compare(SeededRandom random)
    {
        var plan = PruningPlan.Of(_grouping, [.. _grouping.Families.Select(family => Units(family.Width, random))]);
        int batch = Math.Max(_network.Inputs[0].Shape[0], Images);
        int[] shape = [_network.Inputs[0].Shape[0] > 0 ? _network.Inputs[0].Shape[0] : batch, .. _network.Inputs[0].Shape[1..]];
        float[] input = new float[Tensor.Count(shape)];
        for (int i = 0; i < input.Length; i++) input[i] = (float)random.NextNormal();
        long start = Stopwatch.GetTimestamp();
        var sliced = Slicer.Apply(_network, _grouping, plan);
        double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        using var session = new OnnxEvaluator(OnnxWriter.ToBytes(sliced), threads: Environment.ProcessorCount, optimized: false);
        float[] units = Masking.Units(_grouping, plan);
        float[] expected = _masked.Run((_network.Inputs[0].Name, input, shape), (Masking.Stays, units, [units.Length]));
        float[] actual = session.Run(input, shape);
        double scale = expected.Max(Math.Abs);
        float[] first = expected[..(expected.Length / Images)], second = expected[^(expected.Length / Images)..];
        return new(Parity.MaxDifference(actual, expected) / scale, Parity.MaxDifference(first, second) / scale, took);
    }

    /// <inheritdoc/>
    public void Dispose() => _masked.Dispose();

    private static IReadOnlyList<int> Units(int width, SeededRandom random)
    {
        int[] units = [.. Enumerable.Range(0, width)];
        random.Shuffle(units);
        return [.. units.Take(random.Next(1, width + 1)).Order()];
    }
}

/// <summary>What one plan gave.</summary>
/// <param name="Difference">Largest |sliced − masked|, relative to the largest logit.</param>
/// <param name="Signal">Largest difference between the logits of two images, relative to the same.</param>
/// <param name="SlicingMs">Time of the slicing.</param>
internal readonly record struct Comparison(double Difference, double Signal, double SlicingMs);
