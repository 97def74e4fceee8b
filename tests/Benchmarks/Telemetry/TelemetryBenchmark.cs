using System.CommandLine;
using System.Diagnostics;
using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Sweeps;
using Distributed.Telemetry;

namespace Distributed.Benchmarks;

/// <summary>What telemetry costs training: epochs of an attempt that exports every second to a collector in another process, and of one that exports nothing, in turn.</summary>
internal sealed class TelemetryBenchmark : IBenchmark
{
    private static readonly Normalization Grey = new([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);
    private readonly Option<string> _model = new("--model") { Description = "A zoo network.", DefaultValueFactory = _ => "resnet-8" };
    private readonly Option<int> _rounds = new("--rounds") { Description = "Epochs of each, taken in turns.", DefaultValueFactory = _ => 200 };
    private readonly Option<int> _steps = new("--steps") { Description = "Steps of an epoch.", DefaultValueFactory = _ => 5 };
    private readonly Option<double> _limit = new("--limit") { Description = "Most that telemetry may cost, of the time without.", DefaultValueFactory = _ => 0.01 };

    public Command Command()
    {
        var command = new Command("telemetry", "Training throughput with and without telemetry (to reach: less than 1 % lost).") { _model, _rounds, _steps, _limit };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(_model), parsed.GetValue(_rounds), parsed.GetValue(_steps), parsed.GetValue(_limit)));
        return command;
    }

    private static int Run(string model, int rounds, int steps, double limit)
    {
        const int Batch = 64;
        using TelemetrySink sink = new();
        sink.Announce();
        TorchRuntime.Initialize(1);
        TrainingSpec spec = new() { BatchSize = Batch, LearningRate = 0.01, CropPadding = 4, Flip = true };
        var images = RandomImages.Create(steps * Batch, 3, 32, 10);
        using var net = new TorchNetwork(Zoo.Build(model, 3, 32, 32, 10, 1));
        Epoch Train(bool traced)
        {
            using var telemetry = traced ? ProcessTelemetry.Start("benchmark", "0") : null;
            using var trainer = new Trainer(net, images, Grey, spec, steps, 1, "benchmark");
            var run = new TrainingRun(new PhaseClock { Trace = traced ? TracedAttempt() : default }, TimeProvider.System) { Phase = TrialPhase.FineTuning, Epochs = 1, SaveCheckpoint = () => { } };
            return Epoch.Of(() => run.ToEnd(trainer));
        }

        for (int i = 0; i < 2; i++) (_, _) = (Train(true), Train(false));
        List<double> walls = [], processors = [], plain = [];
        for (int i = 0; i < rounds; i++)
        {
            // Whoever comes second has a warmer or a busier machine: they take turns at that too.
            var first = Train(i % 2 == 0);
            var second = Train(i % 2 != 0);
            var (with, without) = i % 2 == 0 ? (first, second) : (second, first);
            walls.Add(with.Milliseconds / without.Milliseconds);
            processors.Add(with.ProcessorMilliseconds / without.ProcessorMilliseconds);
            plain.Add(without.Milliseconds);
        }

        Console.WriteLine(Invariant($"what telemetry is told in a step, spans and metrics exported: {MicrosecondsOfAStep(steps):0.00} µs"));
        Console.WriteLine(Invariant($"{model}, an epoch of {steps} steps of {Batch} without telemetry: {Quartiles.Of(plain)}, {1000 * steps * Batch / Quartiles.Of(plain).Median:0} images/s"));
        Console.WriteLine(Invariant($"time with ÷ without, {rounds} pairs: {Text(Quartiles.Of(walls))}"));
        Console.WriteLine(Invariant($"processor time with ÷ without, of the whole process: {Text(Quartiles.Of(processors))}; to reach: {1 + limit:0.000}"));
        return Quartiles.Of(walls).Median <= 1 + limit ? 0 : 1;
    }

    /// <summary>What a step tells, and its part of what an epoch does, without any training in between.</summary>
    private static double MicrosecondsOfAStep(int steps)
    {
        const int Epochs = 20_000;
        using var telemetry = ProcessTelemetry.Start("benchmark", "0");
        PhaseClock context = new() { Trace = TracedAttempt() };
        using EpochSpans spans = new(context, TrialPhase.FineTuning);
        var processor = Environment.CpuUsage.TotalTime;
        for (int step = 0; step < Epochs * steps; step++)
        {
            spans.Enter(step / steps);
            ExecutorTelemetry.Trained(64);
        }

        return (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / (Epochs * steps);
    }

    private static ActivityContext TracedAttempt() => new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);

    private static string Text(Quartiles quartiles) => Invariant($"median {quartiles.Median:0.0000} (quartiles {quartiles.Lower:0.0000} to {quartiles.Upper:0.0000})");

    /// <summary>What an epoch took.</summary>
    private readonly record struct Epoch(double Milliseconds, double ProcessorMilliseconds)
    {
        public static Epoch Of(Action train)
        {
            var processor = Environment.CpuUsage.TotalTime;
            long begun = Stopwatch.GetTimestamp();
            train();
            return new(Stopwatch.GetElapsedTime(begun).TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
        }
    }
}
