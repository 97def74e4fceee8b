using System.CommandLine;
using System.Diagnostics;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Gallery;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Slices any ONNX file by random legal plans and compares each with the masked network (invariant 3), for every closure that is legal; leaves residual branches out likewise.</summary>
/// <remarks>
/// Each plan is sliced as a trial slices it (shape inference verifies every value), written, loaded by ONNX Runtime, and run on two images.
/// A difference counts relative to the largest logit. "signal" is how far the logits of the two images are apart, relative to the same: a
/// network in which it vanishes would prove nothing. A softmax at the end is left out, as it would hide differences.
/// </remarks>
internal sealed class SlicesBenchmark : IBenchmark
{
    private const int ChoicesOfBranches = 20;
    private readonly Argument<string> _file = new("file") { Description = "An ONNX classifier, or the name of a network of the zoo or of the tests' gallery." };
    private readonly Option<int> _plans = new("--plans") { Description = "Random plans.", DefaultValueFactory = _ => 200 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Of plans and inputs.", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _limit = new("--limit") { Description = "Difference allowed, relative to the largest logit.", DefaultValueFactory = _ => 1e-4 };
    private readonly Option<int> _size = new("--size") { Description = "Side of a zoo network's images.", DefaultValueFactory = _ => 32 };
    private readonly Option<bool> _draw = new("--random-weights") { Description = "Draws the weights anew, for files that come without." };

    public Command Command()
    {
        var command = new Command("slices", "Sliced = masked, for random plans of a model.") { _file, _plans, _seed, _limit, _size, _draw };
        command.SetAction(parsed => Run(
            Load(parsed.GetRequiredValue(_file), parsed.GetValue(_size), parsed.GetValue(_draw), parsed.GetValue(_seed)),
            parsed.GetValue(_plans),
            parsed.GetValue(_seed),
            parsed.GetValue(_limit)));
        return command;
    }

    private static Network Load(string file, int size, bool draw, ulong seed)
    {
        var network = Zoo.Names.Contains(file) ? Zoo.Build(file, 3, size, size, 10, seed)
            : Normalizer.Normalize(GalleryNetworks.Names.Contains(file) ? GalleryNetworks.Build(file) : OnnxReader.Read(file));
        return Endings.WithoutSoftmax(draw ? RandomWeights.Of(network, seed) : network);
    }

    private static int Run(Network network, int plans, ulong seed, double limit)
    {
        bool kept = true;
        long start = Stopwatch.GetTimestamp();
        var groupings = ChannelGroups.All(network);
        double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds / 2;
        foreach (var grouping in groupings)
        {
            Console.WriteLine(Invariant($"{network.Name}, {grouping.Closure}: {grouping.Families.Length} families, {grouping.UnitCount} units, grouped in {took:0} ms"));
            var random = new SeededRandom(seed, "benchmarks/slices");
            using var oracle = new SliceOracle(network, grouping);
            Comparison[] all = [.. Enumerable.Range(0, plans).Select(_ => oracle.Compare(random))];
            double worst = all.Max(one => one.Difference);
            Console.WriteLine(Invariant(
                $"{plans} plans, seed {seed}: largest difference {worst:0.##e-0}, least signal {all.Min(one => one.Signal):0.##e-0}; sliced in {Quartiles.Of(all.Select(one => one.SlicingMs))}, at most {all.Max(one => one.SlicingMs):0} ms"));
            kept &= worst <= limit;
        }

        return WithoutBranches(network, plans, seed, limit) && kept ? 0 : 1;
    }

    private static bool WithoutBranches(Network network, int plans, ulong seed, double limit)
    {
        var branches = ResidualBranches.Of(network);
        if (branches.Count == 0) return true;
        var random = new SeededRandom(seed, "benchmarks/branches");
        Comparison[] all = [.. Enumerable.Range(0, Math.Min(plans, ChoicesOfBranches)).Select(_ => SliceOracle.CompareWithout(network, branches, random))];
        Console.WriteLine(Invariant(
            $"{branches.Count} residual branches, {all.Length} random choices left out: largest difference {all.Max(one => one.Difference):0.##e-0}, least signal {all.Min(one => one.Signal):0.##e-0}; left out in {Quartiles.Of(all.Select(one => one.SlicingMs))}"));
        return all.All(one => one.Difference <= limit);
    }
}
