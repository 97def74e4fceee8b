using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Distributed.Compression.Trials;
using Distributed.Otlp;
using Distributed.Sweeps;
using Distributed.Telemetry;

namespace Distributed.Benchmarks;

/// <summary>What telemetry costs training: a process that exports everything every five seconds and two that export nothing train an epoch each, in turn.</summary>
/// <remarks>The two tell what differs without any telemetry: two processes never have the same memory, nor the same neighbours.</remarks>
internal sealed class TelemetryBenchmark : IBenchmark
{
    private const int WarmUp = 10;
    private static readonly IReadOnlyDictionary<string, string> Silence = new Dictionary<string, string> { ["OTEL_SDK_DISABLED"] = "true" };
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
        using OwnProcess telling = Trainer(variables, model, steps), silent = Trainer(Silence, model, steps), control = Trainer(Silence, model, steps);
        OwnProcess[] trainers = [telling, silent, control];
        var epochs = trainers.ToDictionary(trainer => trainer, _ => new List<Epoch>());
        for (int i = -WarmUp; i < rounds; i++)
        {
            // Whoever comes later has a warmer or a busier machine: they take turns at that too.
            for (int turn = 0; turn < trainers.Length; turn++)
            {
                var trainer = trainers[(i + WarmUp + turn) % trainers.Length];
                var epoch = Train(trainer);
                if (i >= 0) epochs[trainer].Add(epoch);
            }
        }

        var without = Quartiles.Of(epochs[silent].Select(epoch => epoch.Milliseconds));
        Console.WriteLine(Invariant($"{model}, an epoch of {steps} steps of 64 without telemetry: {without}, {64_000 * steps / without.Median:0} images/s"));
        double cost = Compare("time with ÷ without telemetry", epochs[telling], epochs[silent], epoch => epoch.Milliseconds);
        Compare("time without ÷ without (what is noise)", epochs[control], epochs[silent], epoch => epoch.Milliseconds);
        Compare("processor time with ÷ without telemetry", epochs[telling], epochs[silent], epoch => epoch.Processor);
        Compare("processor time without ÷ without (what is noise)", epochs[control], epochs[silent], epoch => epoch.Processor);
        Console.WriteLine(Invariant($"to reach: {1 + limit:0.000}"));
        return cost <= 1 + limit ? 0 : 1;
    }

    private static OwnProcess Trainer(IReadOnlyDictionary<string, string> variables, string model, int steps) =>
        new(variables, TelemetryTrainer.Name, model, Invariant($"{steps}"));

    /// <returns>The median of the pairs' ratios.</returns>
    private static double Compare(string what, List<Epoch> one, List<Epoch> other, Func<Epoch, double> time)
    {
        var ratios = Quartiles.Of(one.Zip(other, (a, b) => time(a) / time(b)));
        Console.WriteLine(Invariant($"{what}, {one.Count} pairs: median {ratios.Median:0.0000} (quartiles {ratios.Lower:0.0000} to {ratios.Upper:0.0000}); all together {one.Sum(time) / other.Sum(time):0.0000}"));
        return ratios.Median;
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

    /// <summary>What an epoch took, in milliseconds.</summary>
    private readonly record struct Epoch(double Milliseconds, double Processor);
}
