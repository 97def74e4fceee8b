using System.CommandLine;
using System.Diagnostics;
using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Sweeps;
using Distributed.Telemetry;

namespace Distributed.Benchmarks;

/// <summary>Trains in a process of its own, some epochs at a time, and exports telemetry meanwhile where it is told to, as an executor does.</summary>
internal static class TelemetryTrainer
{
    public const string Name = "telemetry-trainer";

    /// <summary>Train while everything is exported.</summary>
    public const string Telling = "telling";

    /// <summary>Train while nothing is.</summary>
    public const string Silent = "silent";

    private const int Batch = 64;
    private static readonly Normalization Grey = new([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);

    /// <summary>Answers each line of its input with the milliseconds of its epochs and those of the process's processor time.</summary>
    public static Command Command()
    {
        Argument<string> model = new("MODEL");
        Argument<int> steps = new("STEPS");
        Argument<int> epochs = new("EPOCHS");
        var command = new Command(Name, "Trains some epochs for each line of its input.") { model, steps, epochs };
        command.Hidden = true;
        command.SetAction(parsed => Serve(parsed.GetRequiredValue(model), parsed.GetValue(steps), parsed.GetValue(epochs)));
        return command;
    }

    private static void Serve(string model, int steps, int epochs)
    {
        TorchRuntime.Initialize(1, "cpu");
        TrainingSpec spec = new() { BatchSize = Batch, LearningRate = 0.01, CropPadding = 4, Flip = true };
        var images = RandomImages.Create(steps * Batch, 3, 32, 10);
        using var net = new TorchNetwork(Zoo.Build(model, 3, 32, 32, 10, 1), TrainingDevice.Cpu);
        while (Console.ReadLine() is { } line)
        {
            // The same process does both: its memory lies where it lies. Beginning and ending to export are no part of what is measured.
            using var telemetry = line == Telling ? ProcessTelemetry.Start("executor", "benchmark") : null;
            if (line == Telling && telemetry is null) throw new InvalidOperationException("The environment names nobody to export to.");
            using var trainer = new Trainer(net, images, Grey, spec, epochs * steps, 1, "benchmark");
            PhaseClock context = new() { Trace = telemetry is null ? default : new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded) };
            var run = new TrainingRun(context, TimeProvider.System) { Phase = TrialPhase.FineTuning, Epochs = epochs, SaveCheckpoint = () => { } };
            var processor = Environment.CpuUsage.TotalTime;
            long begun = Stopwatch.GetTimestamp();
            run.ToEnd(trainer);
            Console.WriteLine(Invariant($"{Stopwatch.GetElapsedTime(begun).TotalMilliseconds} {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds}"));
        }
    }
}
