using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Distributed.Compression.Trials;
using Distributed.Otlp;
using Distributed.Sweeps;
using Distributed.Telemetry;

namespace Distributed.Benchmarks;

/// <summary>What telemetry costs training: one process that exports everything every five seconds and one that exports nothing train an epoch each, in turn.</summary>
internal sealed class TelemetryBenchmark : IBenchmark
{
    private const int WarmUp = 10;
    private readonly Option<string> _model = new("--model") { Description = "A zoo network.", DefaultValueFactory = _ => "resnet-8" };
    private readonly Option<int> _rounds = new("--rounds") { Description = "Epochs of each.", DefaultValueFactory = _ => 200 };
    private readonly Option<int> _steps = new("--steps") { Description = "Steps of an epoch, 64 images each.", DefaultValueFactory = _ => 10 };
    private readonly Option<double> _limit = new("--limit") { Description = "Most that telemetry may cost, of the time without.", DefaultValueFactory = _ => 0.01 };

    public Command Command()
    {
        var command = new Command("telemetry", "Training throughput with and without telemetry (to reach: less than 1 % lost).") { _model, _rounds, _steps, _limit };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(_model), parsed.GetValue(_rounds), parsed.GetValue(_steps), parsed.GetValue(_limit)));
        return command;
    }

    private static int Run(string model, int rounds, int steps, double limit)
    {
        using OwnProcess sink = new(new Dictionary<string, string>(), TelemetrySink.Name);
        var variables = OtlpReceiver.Variables(sink.Line(), TimeSpan.FromSeconds(5));
        foreach (var (name, value) in variables) Environment.SetEnvironmentVariable(name, value);
        Console.WriteLine(Invariant($"what telemetry is told in a step, spans and metrics exported: {MicrosecondsOfAStep(steps):0.00} µs"));
        using OwnProcess telling = new(variables, TelemetryTrainer.Name, model, Invariant($"{steps}"));
        using OwnProcess silent = new(new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = "true" }, TelemetryTrainer.Name, model, Invariant($"{steps}"));
        for (int i = 0; i < WarmUp; i++) (_, _) = (Train(telling), Train(silent));
        List<Epoch> with = [], without = [];
        for (int i = 0; i < rounds; i++)
        {
            // Whoever comes second has a warmer or a busier machine: they take turns at that too.
            if (i % 2 == 0) with.Add(Train(telling));
            without.Add(Train(silent));
            if (i % 2 != 0) with.Add(Train(telling));
        }

        var walls = Quartiles.Of(with.Zip(without, (one, other) => one.Milliseconds / other.Milliseconds));
        var processors = Quartiles.Of(with.Zip(without, (one, other) => one.Processor / other.Processor));
        Console.WriteLine(Invariant($"{model}, an epoch of {steps} steps of 64 without telemetry: {Quartiles.Of(without.Select(epoch => epoch.Milliseconds))}"));
        Console.WriteLine(Invariant($"time with ÷ without, {rounds} pairs: {Text(walls)}; all together {Ratio(with, without, epoch => epoch.Milliseconds):0.0000}"));
        Console.WriteLine(Invariant($"processor time with ÷ without: {Text(processors)}; all together {Ratio(with, without, epoch => epoch.Processor):0.0000}; to reach: {1 + limit:0.000}"));
        return walls.Median <= 1 + limit ? 0 : 1;
    }

    private static Epoch Train(OwnProcess trainer)
    {
        trainer.Say("an epoch");
        double[] numbers = [.. trainer.Line().Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return new(numbers[0], numbers[1]);
    }

    /// <summary>What a step tells, and its part of what an epoch does, without any training in between.</summary>
    private static double MicrosecondsOfAStep(int steps)
    {
        const int Epochs = 20_000;
        using var telemetry = ProcessTelemetry.Start("executor", "benchmark");
        PhaseClock context = new() { Trace = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded) };
        using EpochSpans spans = new(context, TrialPhase.FineTuning);
        var processor = Environment.CpuUsage.TotalTime;
        for (int step = 0; step < Epochs * steps; step++)
        {
            spans.Enter(step / steps);
            ExecutorTelemetry.Trained(64);
        }

        return (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / (Epochs * steps);
    }

    private static double Ratio(IEnumerable<Epoch> with, IEnumerable<Epoch> without, Func<Epoch, double> time) => with.Sum(time) / without.Sum(time);

    private static string Text(Quartiles quartiles) => Invariant($"median {quartiles.Median:0.0000} (quartiles {quartiles.Lower:0.0000} to {quartiles.Upper:0.0000})");

    /// <summary>What an epoch took, in milliseconds.</summary>
    private readonly record struct Epoch(double Milliseconds, double Processor);
}
