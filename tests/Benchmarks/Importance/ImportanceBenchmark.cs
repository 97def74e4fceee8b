using System.CommandLine;
using System.Diagnostics;
using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Pruning;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;

namespace Distributed.Benchmarks;

/// <summary>How well each criterion foretells what pruning costs: one unit at a time, and large parts of the network at once.</summary>
internal sealed class ImportanceBenchmark : IBenchmark
{
    private static readonly double[] Ratios = [0.3, 0.5, 0.7];

    private readonly Option<string> _model = new("--model") { Description = "A trained ONNX classifier.", DefaultValueFactory = _ => "../shared/models/resnet20-cifar10-bn.onnx" };
    private readonly Option<string> _data = new("--data") { Description = "Its images, a folder or .tar.gz.", DefaultValueFactory = _ => "../shared/data/cifar10-jpg.tar.gz" };
    private readonly Option<int> _images = new("--images") { Description = "Validation images, cut from the training images.", DefaultValueFactory = _ => 1000 };
    private readonly Option<int> _units = new("--units") { Description = "Units pruned one at a time.", DefaultValueFactory = _ => 200 };
    private readonly Option<float[]> _mean = new("--mean") { Description = "Of the pixels.", DefaultValueFactory = _ => [0.485f, 0.456f, 0.406f], AllowMultipleArgumentsPerToken = true };
    private readonly Option<float[]> _deviation = new("--std") { Description = "Of the pixels.", DefaultValueFactory = _ => [0.229f, 0.224f, 0.225f], AllowMultipleArgumentsPerToken = true };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Of everything drawn.", DefaultValueFactory = _ => 1 };

    public Command Command()
    {
        var command = new Command("importance", "Predicted against true loss change of pruning, by criterion; accuracy right after it.") { _model, _data, _images, _units, _mean, _deviation, _seed };
        command.SetAction(parsed =>
        {
            TorchRuntime.Initialize(1, "cpu");
            ulong seed = parsed.GetValue(_seed);
            string cache = Environment.GetEnvironmentVariable("DISTRIBUTED_CACHE") ?? Path.Combine(Path.GetTempPath(), "distributed-benchmarks");
            var splits = DatasetSplits.Load(
                new() { Format = "image-folder", Path = Path.GetFullPath(parsed.GetRequiredValue(_data)), Train = 1280, Validation = parsed.GetValue(_images), Test = 10 }, seed, cache);
            var data = TrialData.Of(splits, new(parsed.GetRequiredValue(_mean), parsed.GetRequiredValue(_deviation)), TrainingDevice.Cpu);
            Run(ModelSource.Import(parsed.GetRequiredValue(_model)), data, parsed.GetValue(_units), seed);
            return 0;
        });
        return command;
    }

    private static void Run(Network network, TrialData data, int units, ulong seed)
    {
        long start = Stopwatch.GetTimestamp();
        var grouping = ChannelGroups.Of(network);
        var evidence = Evidence.Of(network, grouping, Criteria.All, data, seed, "benchmarks/importance");
        var (accuracy, loss) = Judge(network, data, seed, recalibrated: false);
        Console.WriteLine(Invariant($"{network.Name}: {grouping.Families.Length} families, {grouping.UnitCount} units; {accuracy:P2} of {data.Splits.Validation.Count} validation images, loss {loss:0.0000}"));
        var ablations = Ablations.Of(network, grouping, data.Splits.Validation, data.Normalization, units, new(seed, "benchmarks/ablations"));
        Console.WriteLine(Invariant($"{ablations.Units.Count} units pruned one at a time: loss changed by {ablations.Units.Min(unit => unit.Change):+0.0000;-0.0000} to {ablations.Units.Max(unit => unit.Change):+0.0000;-0.0000}"));
        Console.WriteLine();
        Console.WriteLine($"| criterion | ρ, all units | within families | ρ with the size of the change | within families | {string.Join(" | ", Ratios.Select(ratio => Invariant($"−{100 * ratio:0} % | recalibrated")))} |");
        Console.WriteLine($"| --- | ---: | ---: | ---: | ---: | {string.Join(" | ", Ratios.Select(_ => "---: | ---:"))} |");
        foreach (var criterion in Criteria.All)
        {
            double[][] scores = Criteria.Score(criterion, grouping, evidence);
            var (all, within) = ablations.Correlation(scores);
            var (size, sizeWithin) = ablations.Sizes().Correlation(scores);
            Console.WriteLine(Invariant($"| {criterion.Name} | {all:0.00} | {within:0.00} | {size:0.00} | {sizeWithin:0.00} | {string.Join(" | ", Ratios.Select(ratio => Pruned(network, grouping, scores, ratio, data, seed)))} |"));
        }

        Console.WriteLine();
        Console.WriteLine(Invariant($"in {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
    }

    private static string Pruned(Network network, ModelGrouping grouping, double[][] scores, double ratio, TrialData data, ulong seed)
    {
        int[] widths = [.. grouping.Families.Select(family => Math.Max(1, (int)Math.Round((1 - ratio) * family.Width)))];
        var sliced = Slicer.Apply(network, grouping, PlanBuilder.Build(grouping, scores, widths));
        return Invariant($"{100 * Judge(sliced, data, seed, false).Accuracy:0.0} % | {100 * Judge(sliced, data, seed, true).Accuracy:0.0} %");
    }

    private static (double Accuracy, double Loss) Judge(Network network, TrialData data, ulong seed, bool recalibrated)
    {
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        if (recalibrated) BatchNormalizationRecalibration.Run(net, data.Splits.Train, data.Normalization, seed, "benchmarks/recalibration");
        return Evaluation.Accuracy(net, data.Splits.Validation, data.Normalization);
    }
}
