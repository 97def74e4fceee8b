using System.CommandLine;
using System.Diagnostics;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Slices any ONNX file by random legal plans and compares each with the masked network (invariant 3).</summary>
internal sealed class SlicesBenchmark : IBenchmark
{
    private readonly Argument<string> _file = new("file") { Description = "An ONNX classifier, or the name of a zoo network." };
    private readonly Option<int> _plans = new("--plans") { Description = "Random plans.", DefaultValueFactory = _ => 200 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Of plans and inputs.", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _limit = new("--limit") { Description = "Difference allowed, relative to the largest output.", DefaultValueFactory = _ => 1e-4 };

    private readonly Option<bool> _draw = new("--random-weights") { Description = "Draws the weights anew, for files that come without." };

    public Command Command()
    {
        var command = new Command("slices", "Sliced = masked, for random plans of a model.") { _file, _plans, _seed, _limit, _draw };
        command.SetAction(parsed => Run(
            Load(parsed.GetRequiredValue(_file), parsed.GetValue(_draw), parsed.GetValue(_seed)), parsed.GetValue(_plans), parsed.GetValue(_seed), parsed.GetValue(_limit)));
        return command;
    }

    private static Network Load(string file, bool draw, ulong seed)
    {
        var network = Zoo.Names.Contains(file) ? Zoo.Build(file, 3, 32, 32, 10, seed) : Normalizer.Normalize(OnnxReader.Read(file));
        return draw ? RandomWeights.Of(network, seed) : network;
    }

    private static int Run(Network network, int plans, ulong seed, double limit)
    {
        long start = Stopwatch.GetTimestamp();
        var grouping = ChannelGroups.Of(network);
        Console.WriteLine(Invariant($"{network.Name}: {grouping.Families.Length} families, {grouping.UnitCount} units, grouped in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms"));
        var random = new SeededRandom(seed, "benchmarks/slices");
        double worst = 0;
        for (int i = 0; i < plans; i++) worst = Math.Max(worst, Difference(network, grouping, random));
        Console.WriteLine(Invariant($"{plans} plans, seed {seed}: largest difference {worst:0.##e-0}"));
        return worst <= limit ? 0 : 1;
    }

    private static double Difference(Network network, ModelGrouping grouping, SeededRandom random)
    {
        var plan = PruningPlan.Of(grouping, [.. grouping.Families.Select(family => Units(family.Width, random))]);
        int[] shape = [1, .. network.Inputs[0].Shape[1..]];
        float[] input = new float[Tensor.Count(shape)];
        for (int i = 0; i < input.Length; i++) input[i] = (float)random.NextNormal();
        using var sliced = new OnnxEvaluator(OnnxWriter.ToBytes(Slicer.Apply(network, grouping, plan)), optimized: false);
        using var masked = new OnnxEvaluator(OnnxWriter.ToBytes(Masking.Apply(network, grouping, plan)), optimized: false);
        float[] expected = masked.Run(input, shape);
        return Parity.MaxDifference(sliced.Run(input, shape), expected) / expected.Max(Math.Abs);
    }

    private static IReadOnlyList<int> Units(int width, SeededRandom random)
    {
        int[] units = [.. Enumerable.Range(0, width)];
        random.Shuffle(units);
        return [.. units.Take(random.Next(1, width + 1)).Order()];
    }
}
