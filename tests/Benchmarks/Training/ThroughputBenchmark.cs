using System.CommandLine;
using System.Diagnostics;
using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Sweeps;
using TorchSharp;

namespace Distributed.Benchmarks;

/// <summary>Whether training through the interpreter is as fast as the same ResNet-20 written with TorchSharp's modules and optimizer.</summary>
internal sealed class ThroughputBenchmark : IBenchmark
{
    private const int Blocks = 3;
    private readonly Option<int> _batch = new("--batch") { Description = "Images in a step.", DefaultValueFactory = _ => 128 };
    private readonly Option<int> _rounds = new("--rounds") { Description = "Timed steps of each, taken in turns.", DefaultValueFactory = _ => 12 };
    private readonly Option<double> _limit = new("--limit") { Description = "Least images/s of the interpreter over those of the modules.", DefaultValueFactory = _ => 0.95 };
    private readonly Option<bool> _own = new("--own-convolutions") { Description = "By libtorch's matrix products instead of oneDNN, as on AMD processors of family 26. Linux only." };

    public Command Command()
    {
        var command = new Command("training-throughput", "Training speed of the interpreter against modules.") { _batch, _rounds, _limit, _own };
        command.SetAction(parsed => Run(parsed.GetValue(_batch), parsed.GetValue(_rounds), parsed.GetValue(_limit), parsed.GetValue(_own)));
        return command;
    }

    private static int Run(int batch, int rounds, double limit, bool own)
    {
        TorchRuntime.Initialize(1, "cpu");
        if (own) OwnConvolutions.Only = true;
        var images = RandomImages.Create(4 * batch, 3, 32, 10);
        var normalization = new Normalization([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);
        var spec = new TrainingSpec { BatchSize = batch, LearningRate = 0.01, CropPadding = 4, Flip = true };
        using var net = new TorchNetwork(Zoo.Build("resnet-20", 3, 32, 32, 10, 1), TrainingDevice.Cpu);
        using var trainer = new Trainer(net, images, normalization, spec, 10_000, 1, "benchmark");
        using var modules = new ResNetModules(Blocks, spec);
        var feeder = new BatchFeeder(images, normalization, TrainingDevice.Cpu);
        int[] first = [.. Enumerable.Range(0, batch)];
        var random = new SeededRandom(1, "benchmark/modules");
        void Modules()
        {
            using var scope = torch.NewDisposeScope();
            var (inputs, labels) = feeder.Batch(first, spec.CropPadding, spec.Flip, random);
            modules.Step(inputs, labels);
        }

        for (int i = 0; i < 2; i++) (_, _) = (Time(() => trainer.Step()), Time(Modules));
        List<double> interpreted = [], written = [], ratios = [];
        for (int i = 0; i < rounds; i++)
        {
            interpreted.Add(Time(() => trainer.Step()));
            written.Add(Time(Modules));
            ratios.Add(written[^1] / interpreted[^1]);
        }

        double ratio = Quartiles.Of(ratios).Median;
        Console.WriteLine(Invariant($"interpreter, a step of {batch}: {Quartiles.Of(interpreted)}, {1000 * batch / Quartiles.Of(interpreted).Median:0} images/s"));
        Console.WriteLine(Invariant($"modules, a step of {batch}:     {Quartiles.Of(written)}, {1000 * batch / Quartiles.Of(written).Median:0} images/s"));
        Console.WriteLine(Invariant($"ratio of speeds: {ratio:0.000} (limit {limit:0.00})"));
        return ratio >= limit ? 0 : 1;
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
