using System.CommandLine;
using System.Diagnostics;
using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Training;
using Distributed.Sweeps;
using TorchSharp;

namespace Distributed.Benchmarks;

/// <summary>Whether an executor that trains one network after another keeps its size.</summary>
internal sealed class MemoryBenchmark : IBenchmark
{
    private const EvidenceKinds EveryKind =
        EvidenceKinds.Gradients | EvidenceKinds.SquaredGradients | EvidenceKinds.ActivationGradients | EvidenceKinds.InputNorms;

    private readonly Option<int> _trials = new("--trials") { Description = "Networks made, trained and disposed.", DefaultValueFactory = _ => 100 };
    private readonly Option<double> _limit = new("--limit") { Description = "Megabytes by which the process may grow after the first tenth.", DefaultValueFactory = _ => 20 };

    public Command Command()
    {
        var command = new Command("memory", "Growth of the process over many trials.") { _trials, _limit };
        command.SetAction(parsed => Run(parsed.GetValue(_trials), parsed.GetValue(_limit)));
        return command;
    }

    private static int Run(int trials, double limit)
    {
        TorchRuntime.Initialize(1, "cpu");
        var images = RandomImages.Create(64, 3, 16, 10);
        double before = 0;
        long tensors = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            Train(images, (ulong)trial);
            if (trial == trials / 10) (before, tensors) = (Megabytes(), torch.Tensor.TotalCount);
        }

        double growth = Megabytes() - before;
        long left = torch.Tensor.TotalCount - tensors;
        Console.WriteLine(Invariant($"memory over {trials} trials: {before:0} MB after the first tenth, {growth:+0.0;-0.0;0} MB since (limit {limit:0}); {left} tensors left behind"));
        return growth <= limit && left == 0 ? 0 : 1;
    }

    private static void Train(ImageSet images, ulong seed)
    {
        var normalization = new Normalization([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);
        using var net = new TorchNetwork(Zoo.Build("resnet-8", 3, 16, 16, 10, seed), TrainingDevice.Cpu);
        using var trainer = new Trainer(net, images, normalization, new() { BatchSize = 32 }, 6, seed, "benchmark");
        for (int i = 0; i < 6; i++) trainer.Step();
        BatchNormalizationRecalibration.Run(net, images, normalization, seed, "benchmark");
        Evaluation.Accuracy(net, images, normalization);
        var trained = net.ToNetwork();
        EvidencePass.Collect(trained, ChannelGroups.Of(trained), EveryKind, images, normalization, 2, 8, new SeededRandom(seed, "benchmark"), TrainingDevice.Cpu);
        trainer.Save(Stream.Null);
        net.ToNetwork();
    }

    private static double Megabytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1e6;
    }
}
