using System.CommandLine;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Measuring;
using Distributed.Compression.Pruning;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Predicted against measured latency of networks of random widths, and multiply-accumulates as the plain alternative.</summary>
internal sealed class LatencyPredictionBenchmark : IBenchmark
{
    private readonly Option<string[]> _models = new("--models")
    {
        Description = "Zoo networks.",
        DefaultValueFactory = _ => ["resnet-8", "resnet-20"],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _count = new("--count") { Description = "Random widths of each.", DefaultValueFactory = _ => 25 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Of the widths.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _any = new("--any-width") { Description = "Any width down to the floor, not only those worth having." };

    public Command Command()
    {
        var command = new Command("latency-prediction", "Predicted against measured latency ratio.") { _models, _count, _seed, _any };
        command.SetAction(parsed =>
        {
            foreach (string model in parsed.GetRequiredValue(_models)) Run(model, parsed.GetValue(_count), parsed.GetValue(_seed), parsed.GetValue(_any));
            return 0;
        });
        return command;
    }

    private static void Run(string model, int count, ulong seed, bool any)
    {
        var network = Zoo.Build(model, 3, 32, 32, 10, seed);
        var grouping = ChannelGroups.Of(network);
        byte[] dense = OnnxWriter.ToBytes(network);
        var (meter, spec) = (new LatencyMeter(), new LatencySpec());
        var profile = Profile(network, dense, meter, spec);
        var costs = new CostModel(profile);
        var random = new SeededRandom(seed, $"benchmarks/latency/{model}");
        var (predicted, measured, macs) = (new List<double>(), new List<double>(), new List<double>());
        double denseMacs = costs.At([.. profile.Families.Select(family => family.Width)]).Macs;
        for (int i = 0; i < count; i++)
        {
            int[] widths = [.. profile.Families.Select(family => Draw(family, any, random))];
            var known = costs.At(widths);
            var latency = meter.Measure(Sliced(network, grouping, widths), dense, spec);
            predicted.Add(known.LatencyRatio);
            macs.Add(known.Macs / denseMacs);
            measured.Add(latency.Ratio);
            Console.WriteLine(Invariant(
                $"  {string.Join(',', widths)}: predicted {known.LatencyRatio:0.000}, measured {latency.Ratio:0.000} ± {latency.RatioDeviation:0.000}{(latency.Settled ? "" : " (unsettled)")}, MACs {macs[^1]:0.000}"));
        }

        Console.WriteLine(Invariant($"latency-prediction, {model}, {count} random widths, load {HostLoad.OneMinute():0.0}, quantum {profile.Quantum}:"));
        Console.WriteLine($"  by the table: {Agreement.Of(predicted, measured)}");
        Console.WriteLine($"  by MACs:      {Agreement.Of(macs, measured)}");
    }

    private static ModelProfile Profile(Network network, byte[] dense, LatencyMeter meter, LatencySpec spec)
    {
        var cache = Directory.CreateTempSubdirectory("latency-");
        try
        {
            var timer = new SurfaceTimer(new(cache.FullName, HostClass.This), spec);
            return DenseProfile.Of(network, dense.Length, meter.MeasureDense(dense, spec).MedianMs, requests => timer.Time(requests));
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    private static int Draw(FamilyProfile family, bool any, SeededRandom random) => any
        ? random.Next(Math.Max(1, (int)Math.Ceiling(WidthsWorthHaving.Floor * family.Width)), family.Width + 1)
        : family.Widths[random.Next(family.Widths.Count)];

    private static byte[] Sliced(Network network, ModelGrouping grouping, int[] widths) =>
        OnnxWriter.ToBytes(Slicer.Apply(network, grouping, PruningPlan.Of(grouping, [.. widths.Select(width => (IReadOnlyList<int>)[.. Enumerable.Range(0, width)])])));
}
