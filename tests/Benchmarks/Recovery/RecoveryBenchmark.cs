using System.CommandLine;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Whether our plan at half the MACs beats uniform L1 pruning after the same fine-tuning: same images, same steps, same rates.</summary>
/// <remarks>
/// The validation split is cut from the training images and chooses; the test split is read once for each finished model. Latency is
/// measured in ONNX Runtime with the dense model in turn, and means something on an idle machine only.
/// </remarks>
internal sealed class RecoveryBenchmark : IBenchmark
{
    private readonly Option<int> _seeds = new("--seeds") { Description = "Seeds 1, 2, …", DefaultValueFactory = _ => 3 };
    private readonly Option<string> _model = new("--model") { Description = "A trained ResNet-20.", DefaultValueFactory = _ => "../shared/models/resnet20-cifar10-bn.onnx" };
    private readonly Option<string> _data = new("--data") { Description = "CIFAR-10 as a folder of images.", DefaultValueFactory = _ => "../shared/data/cifar10-jpg.tar.gz" };
    private readonly Option<int> _train = new("--train") { Description = "Training images.", DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _test = new("--test") { Description = "Test images.", DefaultValueFactory = _ => 10_000 };
    private readonly Option<double> _baseline = new("--baseline-epochs") { Description = "Epochs that fit the dense model to the images.", DefaultValueFactory = _ => 2 };
    private readonly Option<double> _epochs = new("--epochs") { Description = "Epochs of fine-tuning of each arm.", DefaultValueFactory = _ => 2 };
    private readonly Option<double> _rate = new("--rate") { Description = "Peak learning rate of each arm.", DefaultValueFactory = _ => 0.02 };
    private readonly Option<string[]> _set = new("--set") { Description = "Our plan's parameters, name=value.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["criterion=taylor", "reconstruction=least-squares"] };

    public Command Command()
    {
        var command = new Command("recovery", "Our plan against uniform L1 one-shot on ResNet-20 at half the MACs (to reach: +1 point, 1.6× faster).")
        {
            _seeds, _model, _data, _train, _test, _baseline, _epochs, _rate, _set,
        };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        TorchRuntime.Initialize(1);
        var ours = parsed.GetRequiredValue(_set).Select(Setting).ToDictionary();
        var cache = Directory.CreateTempSubdirectory("recovery-");
        var comparisons = Enumerable.Range(1, parsed.GetValue(_seeds)).Select(seed => RecoveryComparison.Run(Spec(parsed, (ulong)seed), ours, cache.FullName)).ToList();
        cache.Delete(recursive: true);
        double gain = comparisons.Average(comparison => comparison.Gain);
        double ratio = Quartiles.Of(comparisons.Select(comparison => comparison.Ours.Latency.Ratio)).Median;
        Console.WriteLine(Invariant($"{comparisons.Count} seeds: gain {100 * gain:+0.00;-0.00} points of test accuracy ({string.Join(", ", comparisons.Select(c => Invariant($"{100 * c.Gain:+0.00;-0.00}")))}; to reach +1), {1 / ratio:0.00}× faster than dense (to reach 1.6×)"));
        return gain >= 0.01 && ratio <= 1 / 1.6 ? 0 : 1;
    }

    private static KeyValuePair<string, ParameterValue> Setting(string text)
    {
        string[] parts = text.Split('=', 2);
        if (parts.Length < 2 || CandidateParameter.Find(parts[0]) is not { } parameter)
            throw new InvalidInputException("--set", $"'{text}' sets no parameter", "Give name=value, such as distillation=0.5.");
        return new(parts[0], parameter.Range is null ? parts[1] : double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private SweepSpec Spec(ParseResult parsed, ulong seed) => new()
    {
        Name = new("recovery"),
        Seed = seed,
        Model = new() { Onnx = parsed.GetRequiredValue(_model), Mean = [0.485, 0.456, 0.406], Deviation = [0.229, 0.224, 0.225] },
        Dataset = new()
        {
            Format = "image-folder",
            Path = parsed.GetRequiredValue(_data),
            Train = parsed.GetValue(_train),
            Validation = 2000,
            Test = parsed.GetValue(_test),
        },
        Baseline = Training(parsed.GetValue(_baseline), 0.02),
        Recovery = Training(parsed.GetValue(_epochs), parsed.GetValue(_rate)),
        Space = new([new Parameter.Real(ParameterNames.Ratio, 0, 0.8)]),
        EarlyStopping = new() { FirstRung = 1e6 },
        Budget = new() { Trials = 1 },
        Latency = new() { Sessions = 5 },
    };

    private static TrainingSpec Training(double epochs, double rate) => new() { Epochs = epochs, LearningRate = rate, BatchSize = 64, CropPadding = 4, Flip = true };
}
