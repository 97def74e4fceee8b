using System.CommandLine;
using Distributed.Compression.Measuring;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Predicted against measured latency of networks of random widths, and multiply-accumulates as the plain alternative.</summary>
internal sealed class LatencyPredictionBenchmark : IBenchmark
{
    private const double MostError = 0.05;
    private const double LeastKendall = 0.95;

    private readonly Option<string[]> _models = new("--models")
    {
        Description = "Zoo networks.",
        DefaultValueFactory = _ => ["resnet-8", "resnet-20", "mobilenet-v2"],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _count = new("--count") { Description = "Random widths of each.", DefaultValueFactory = _ => 11 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Of the widths.", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _any = new("--any-width") { Description = "Any width down to the floor, not only those worth having." };
    private readonly Option<bool> _int8 = new("--int8") { Description = "Files that compute in 8 bits, beside the dense float32 file." };

    public Command Command()
    {
        var command = new Command("latency-prediction", "Predicted against measured latency ratio.") { _models, _count, _seed, _any, _int8 };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(_models), parsed.GetValue(_count), parsed.GetValue(_seed), parsed.GetValue(_any), parsed.GetValue(_int8)));
        return command;
    }

    private static int Run(string[] models, int count, ulong seed, bool any, bool int8)
    {
        var all = new Pairs([], [], [], []);
        foreach (string model in models) all.Add(Of(model, count, seed, any, int8));
        return Report(Invariant($"all {all.Measured.Count}"), all) ? 0 : 1;
    }

    private static Pairs Of(string name, int count, ulong seed, bool any, bool int8)
    {
        var model = new MeasuredModel(name, seed);
        var profile = model.Profile(int8);
        var costs = new CostModel(profile);
        var random = new SeededRandom(seed, $"benchmarks/latency/{name}");
        var pairs = new Pairs([], [], [], []);
        double denseMacs = costs.At(model.Widths).Macs;
        for (int i = 0; i < count; i++)
        {
            int[] widths = [.. profile.Families.Select(family => MeasuredModel.Draw(family, any, random))];
            var known = costs.At(widths);
            double predicted = int8 ? costs.Int8Ratio(widths)!.Value : known.LatencyRatio;
            var latency = model.Measure(widths, int8);
            pairs.Add(new([predicted], [latency.Ratio], [model.Measure(widths, int8).Ratio], [known.Macs / denseMacs]));
            Console.WriteLine(Invariant(
                $"  {string.Join(',', widths)}: predicted {predicted:0.000}, measured {latency.Ratio:0.000} ± {latency.RatioDeviation:0.000}{(latency.Settled ? "" : " (unsettled)")}, MACs {pairs.Macs[^1]:0.000}"));
        }

        Report(Invariant($"{name}, {count} random widths, load {HostLoad.OneMinute():0.0}, quantum {profile.Quantum}, {1 - (Constant(profile) / costs.Microseconds(model.Widths)):0 %} of the dense time timed"), pairs);
        return pairs;
    }

    /// <summary>What no timed operator explains.</summary>
    private static double Constant(ModelProfile profile) => new CostModel(profile with { Operators = [.. profile.Operators.Where(op => op.Operator.Length == 0)] })
        .Microseconds([.. profile.Families.Select(family => family.Width)]);

    private static bool Report(string what, Pairs pairs)
    {
        var table = Agreement.Of(pairs.Predicted, pairs.Measured);
        var macs = Agreement.Of(pairs.Macs, pairs.Measured);
        Console.WriteLine($"latency-prediction, {what}:");
        Console.WriteLine($"  by the table: {table}");
        Console.WriteLine($"  by MACs:      {macs}");
        Console.WriteLine($"  by measuring: {Agreement.Of(pairs.Again, pairs.Measured)}");
        return table.MeanError <= MostError && table.Kendall >= LeastKendall && table.MeanError < macs.MeanError && table.Kendall > macs.Kendall;
    }

    /// <summary>Ratios of each plan. Measured twice, which tells how much of the disagreement is the measurements' own.</summary>
    private sealed record Pairs(List<double> Predicted, List<double> Measured, List<double> Again, List<double> Macs)
    {
        public void Add(Pairs more)
        {
            Predicted.AddRange(more.Predicted);
            Measured.AddRange(more.Measured);
            Again.AddRange(more.Again);
            Macs.AddRange(more.Macs);
        }
    }
}
