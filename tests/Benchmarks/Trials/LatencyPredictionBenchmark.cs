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
    private readonly Option<int> _rounds = new("--measurements") { Description = "Of each plan, an even number; the prediction is compared with their mean.", DefaultValueFactory = _ => 4 };
    private readonly Option<bool> _int8 = new("--int8") { Description = "Files that compute in 8 bits, beside the dense float32 file." };

    public Command Command()
    {
        var command = new Command("latency-prediction", "Predicted against measured latency ratio.") { _models, _count, _seed, _any, _rounds, _int8 };
        command.SetAction(parsed =>
        {
            var asked = new Asked(parsed.GetValue(_count), parsed.GetValue(_seed), parsed.GetValue(_any), parsed.GetValue(_rounds) / 2, parsed.GetValue(_int8));
            return Run(parsed.GetRequiredValue(_models), asked);
        });
        _rounds.Validators.Add(result =>
        {
            if (result.GetValue(_rounds) is var rounds && (rounds < 2 || rounds % 2 != 0)) result.AddError($"--measurements {rounds}: give an even number, at least 2.");
        });
        return command;
    }

    private static int Run(string[] models, Asked asked)
    {
        var all = new Pairs();
        List<Pairs> each = [.. models.Select(model => Of(model, asked))];
        foreach (var pairs in each) all.Add(pairs);
        bool reached = Report(Invariant($"all {all.Measured.Count}"), all);
        // A sweep orders plans of one network; over all plans an error of a percent that one network has and another has not counts too.
        double Within(Func<Pairs, Agreement> agreement) => each.Average(pairs => agreement(pairs).Kendall);
        Console.WriteLine(Invariant(
            $"  within a network, mean τ: by the table {Within(pairs => Agreement.Of(pairs.Predicted, pairs.Measured)):0.000}, by MACs {Within(pairs => Agreement.Of(pairs.Macs, pairs.Measured)):0.000}, by measuring {Within(pairs => Agreement.Of(pairs.Second, pairs.First)):0.000}"));
        return reached ? 0 : 1;
    }

    private static Pairs Of(string name, Asked asked)
    {
        var model = new MeasuredModel(name, asked.Seed);
        var profile = model.Profile(asked.Int8);
        var costs = new CostModel(profile);
        var random = new SeededRandom(asked.Seed, $"benchmarks/latency/{name}");
        double denseMacs = costs.At(model.Widths).Macs;
        int[][] plans = [.. Enumerable.Range(0, asked.Count).Select(_ => (int[])[.. profile.Families.Select(family => MeasuredModel.Draw(family, asked.Any, random))])];
        // All plans once, then all again: whatever the machine is busy with meanwhile falls on no single plan.
        double[][] first = Measured(model, plans, asked);
        double[][] second = Measured(model, plans, asked);
        var pairs = new Pairs();
        for (int i = 0; i < plans.Length; i++)
        {
            var known = costs.At(plans[i]);
            double predicted = asked.Int8 ? costs.Int8Ratio(plans[i])!.Value : known.LatencyRatio;
            pairs.Add(predicted, known.Macs / denseMacs, first[i].Average(), second[i].Average());
            Console.WriteLine(Invariant(
                $"  {string.Join(',', plans[i])}: predicted {predicted:0.000}, measured {pairs.Measured[^1]:0.000} ({first[i].Concat(second[i]).Min():0.000} to {first[i].Concat(second[i]).Max():0.000}), MACs {pairs.Macs[^1]:0.000}"));
        }

        Report(Invariant($"{name}, {asked.Count} random widths, load {HostLoad.OneMinute():0.0}, quantum {profile.Quantum}, {1 - (Constant(profile) / costs.Microseconds(model.Widths)):0 %} of the dense time timed"), pairs);
        return pairs;
    }

    /// <summary>The ratios of each plan in one half of the measurements.</summary>
    private static double[][] Measured(MeasuredModel model, int[][] plans, Asked asked)
    {
        double[][] ratios = [.. plans.Select(_ => new double[asked.Half])];
        for (int round = 0; round < asked.Half; round++)
        {
            for (int i = 0; i < plans.Length; i++) ratios[i][round] = model.Measure(plans[i], asked.Int8).Ratio;
        }

        return ratios;
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
        Console.WriteLine($"  by measuring: {Agreement.Of(pairs.Second, pairs.First)}");
        return table.MeanError <= MostError && table.Kendall >= LeastKendall && table.MeanError < macs.MeanError && table.Kendall > macs.Kendall;
    }

    /// <param name="Count">Plans of each network.</param>
    /// <param name="Seed">Of the plans.</param>
    /// <param name="Any">Whether they have any width.</param>
    /// <param name="Half">Half of the measurements of each.</param>
    /// <param name="Int8">Whether they compute in 8 bits.</param>
    private sealed record Asked(int Count, ulong Seed, bool Any, int Half, bool Int8);

    /// <summary>Ratios of each plan; the two halves of its measurements tell how much of a disagreement is the measurements' own.</summary>
    private sealed class Pairs
    {
        public List<double> Predicted { get; } = [];

        public List<double> Macs { get; } = [];

        public List<double> First { get; } = [];

        public List<double> Second { get; } = [];

        public List<double> Measured => [.. First.Zip(Second, (first, second) => (first + second) / 2)];

        public void Add(double predicted, double macs, double first, double second)
        {
            Predicted.Add(predicted);
            Macs.Add(macs);
            First.Add(first);
            Second.Add(second);
        }

        public void Add(Pairs more)
        {
            Predicted.AddRange(more.Predicted);
            Macs.AddRange(more.Macs);
            First.AddRange(more.First);
            Second.AddRange(more.Second);
        }
    }
}
