using System.CommandLine;
using System.Diagnostics;
using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Sweeps;
using Distributed.Telemetry;

namespace Distributed.Benchmarks;

/// <summary>Trains in a process of its own, an epoch at a time, and exports telemetry where the environment names a collector, as an executor does.</summary>
internal static class TelemetryTrainer
{
    public const string Name = "telemetry-trainer";
    private const int Batch = 64;
    private static readonly Normalization Grey = new([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);

    /// <summary>Answers each line of its input with the milliseconds of an epoch and those of the process's processor time.</summary>
    public static Command Command()
    {
        Argument<string> model = new("MODEL");
        Argument<int> steps = new("STEPS");
        var command = new Command(Name, "Trains an epoch for each line of its input.") { model, steps };
        command.Hidden = true;
        command.SetAction(parsed => Serve(parsed.GetRequiredValue(model), parsed.GetValue(steps)));
        return command;
    }

    private static void Serve(string model, int steps)
    {
        using var telemetry = ProcessTelemetry.Start("executor", "benchmark");
        TorchRuntime.Initialize(1, "cpu");
        TrainingSpec spec = new() { BatchSize = Batch, LearningRate = 0.01, CropPadding = 4, Flip = true };
        var images = RandomImages.Create(steps * Batch, 3, 32, 10);
        using var net = new TorchNetwork(Zoo.Build(model, 3, 32, 32, 10, 1), TrainingDevice.Cpu);
        while (Console.ReadLine() is not null)
        {
            using var trainer = new Trainer(net, images, Grey, spec, steps, 1, "benchmark");
            PhaseClock context = new() { Trace = telemetry is null ? default : new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded) };
            var run = new TrainingRun(context, TimeProvider.System) { Phase = TrialPhase.FineTuning, Epochs = 1, SaveCheckpoint = () => { } };
            var processor = Environment.CpuUsage.TotalTime;
            long begun = Stopwatch.GetTimestamp();
            run.ToEnd(trainer);
            Console.WriteLine(Invariant($"{Stopwatch.GetElapsedTime(begun).TotalMilliseconds} {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds}"));
        }
    }
}
