using System.CommandLine;
using System.Globalization;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Model, data and budget of a comparison on ResNet-20, as options.</summary>
/// <remarks>The validation split is cut from the training images and chooses; the test split is read once for each finished model.</remarks>
/// <param name="epochs">Epochs of fine-tuning by default.</param>
/// <param name="set">The plan's parameters by default.</param>
internal sealed class RecoveryOptions(double epochs, string[] set)
{
    private readonly Option<int> _seeds = new("--seeds") { Description = "How many seeds.", DefaultValueFactory = _ => 3 };
    private readonly Option<int> _first = new("--first") { Description = "The first of them.", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _model = new("--model") { Description = "A trained ResNet-20.", DefaultValueFactory = _ => "../shared/models/resnet20-cifar10-bn.onnx" };
    private readonly Option<string> _data = new("--data") { Description = "CIFAR-10 as a folder of images.", DefaultValueFactory = _ => "../shared/data/cifar10-jpg.tar.gz" };
    private readonly Option<int> _train = new("--train") { Description = "Training images.", DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _test = new("--test") { Description = "Test images.", DefaultValueFactory = _ => 10_000 };
    private readonly Option<double> _baseline = new("--baseline-epochs") { Description = "Epochs that fit the dense model to the images.", DefaultValueFactory = _ => 2 };
    private readonly Option<double> _epochs = new("--epochs") { Description = "Epochs of fine-tuning of what was pruned.", DefaultValueFactory = _ => epochs };
    private readonly Option<double> _rate = new("--rate") { Description = "Its peak learning rate.", DefaultValueFactory = _ => 0.02 };
    private readonly Option<string[]> _set = new("--set") { Description = "Our plan's parameters, name=value.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => set };

    /// <summary>Adds them to a command.</summary>
    public Command On(Command command)
    {
        foreach (var option in (Option[])[_seeds, _first, _model, _data, _train, _test, _baseline, _epochs, _rate, _set]) command.Options.Add(option);
        return command;
    }

    /// <summary>Our plan's parameters.</summary>
    public Dictionary<string, ParameterValue> Parameters(ParseResult parsed) => parsed.GetRequiredValue(_set).Select(Setting).ToDictionary();

    /// <summary>A specification for each seed.</summary>
    public IEnumerable<SweepSpec> Specs(ParseResult parsed) => Enumerable.Range(parsed.GetValue(_first), parsed.GetValue(_seeds)).Select(seed => new SweepSpec
    {
        Name = new("recovery"),
        Seed = (ulong)seed,
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
        Space = new([new Parameter.Real(ParameterNames.Ratio, 0, 0.8), .. Parameters(parsed).Where(pair => pair.Key == ParameterNames.DepthRatio).Select(pair => new Parameter.Fixed(pair.Key, pair.Value))]),
        EarlyStopping = new() { FirstRung = 1e6 },
        Budget = new() { Trials = 1 },
        Latency = new() { Sessions = 5 },
    });

    private static KeyValuePair<string, ParameterValue> Setting(string text)
    {
        string[] parts = text.Split('=', 2);
        if (parts.Length < 2 || CandidateParameter.Find(parts[0]) is not { } parameter)
            throw new InvalidInputException("--set", $"'{text}' sets no parameter", "Give name=value, such as distillation=0.5.");
        return new(parts[0], parameter.Range is null ? parts[1] : double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static TrainingSpec Training(double epochs, double rate) => new() { Epochs = epochs, LearningRate = rate, BatchSize = 64, CropPadding = 4, Flip = true };
}
