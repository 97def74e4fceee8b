using System.CommandLine;
using Distributed.Compression.Training;

namespace Distributed.Benchmarks;

/// <summary>Whether our plan at half the MACs beats uniform L1 pruning after the same fine-tuning: same images, same steps, same rates.</summary>
/// <remarks>Latency is measured in ONNX Runtime with the dense model in turn, and means something on an idle machine only.</remarks>
internal sealed class RecoveryBenchmark : IBenchmark
{
    private readonly RecoveryOptions _options = new(epochs: 2, ["criterion=l1", "distillation=0.5"]);

    public Command Command()
    {
        var command = _options.On(new("recovery", "Our plan against uniform L1 one-shot on ResNet-20 at half the MACs (to reach: +1 point, 1.6× faster)."));
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        TorchRuntime.Initialize(1, "cpu");
        var cache = Directory.CreateTempSubdirectory("recovery-");
        var comparisons = _options.Specs(parsed).Select(spec => RecoveryComparison.Run(spec, _options.Parameters(parsed), cache.FullName)).ToList();
        cache.Delete(recursive: true);
        double gain = comparisons.Average(comparison => comparison.Gain);
        double ratio = Quartiles.Of(comparisons.Select(comparison => comparison.Ours.Latency.Ratio)).Median;
        Console.WriteLine(Invariant($"{comparisons.Count} seeds: gain {100 * gain:+0.00;-0.00} points of test accuracy ({string.Join(", ", comparisons.Select(c => Invariant($"{100 * c.Gain:+0.00;-0.00}")))}; to reach +1), {1 / ratio:0.00}× faster than dense (to reach 1.6×)"));
        return gain >= 0.01 && ratio <= 1 / 1.6 ? 0 : 1;
    }
}
