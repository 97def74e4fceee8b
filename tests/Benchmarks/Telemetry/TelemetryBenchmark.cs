using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Distributed.Compression.Trials;
using Distributed.Otlp;
using Distributed.Sweeps;
using Distributed.Telemetry;

namespace Distributed.Benchmarks;

/// <summary>What telemetry costs training: one process trains in short turns, with everything exported each second and with nothing, as telling, silent, silent, telling.</summary>
/// <remarks>
/// Two processes never have the same memory, nor the same neighbours: between them 1.5 % differ without any telemetry. So both kinds of turns
/// are those of one process; what drifts evenly falls out of a round, and the two silent turns side by side tell the noise.
/// Processor time counts the exporting threads too, and no waiting for a neighbour.
/// </remarks>
internal sealed class TelemetryBenchmark : IBenchmark
{
    private const int WarmUp = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly Option<string> _model = new("--model") { Description = "A zoo network.", DefaultValueFactory = _ => "resnet-8" };
    private readonly Option<int> _rounds = new("--rounds") { Description = "Rounds of four turns.", DefaultValueFactory = _ => 260 };
    private readonly Option<int> _epochs = new("--epochs") { Description = "Epochs of a turn.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _steps = new("--steps") { Description = "Steps of an epoch, 64 images each.", DefaultValueFactory = _ => 5 };
    private readonly Option<double> _limit = new("--limit") { Description = "Most that telemetry may cost, of the processor time without.", DefaultValueFactory = _ => 0.01 };

    public Command Command()
    {
        var command = new Command("telemetry", "Training with and without telemetry (to reach: less than 1 % more processor time, by its 95 % interval).") { _model, _rounds, _epochs, _steps, _limit };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(_model), parsed.GetValue(_rounds), (parsed.GetValue(_epochs), parsed.GetValue(_steps)), parsed.GetValue(_limit)));
        return command;
    }

    private static int Run(string model, int rounds, (int Epochs, int Steps) turn, double limit)
    {
        using OwnProcess sink = new(new Dictionary<string, string>(), TelemetrySink.Name);
        var variables = OtlpReceiver.Variables(sink.Line(), Interval);
        foreach (var (name, value) in variables) Environment.SetEnvironmentVariable(name, value);
        Console.WriteLine(Invariant($"what telemetry is told in a step, spans and metrics exported: {MicrosecondsOfAStep(turn.Steps):0.00} µs"));
        using OwnProcess trainer = new(variables, TelemetryTrainer.Name, model, Invariant($"{turn.Steps}"), Invariant($"{turn.Epochs}"));
        List<Round> measured = [];
        for (int i = -WarmUp; i < rounds; i++)
        {
            Round round = new(Train(trainer, TelemetryTrainer.Telling), Train(trainer, TelemetryTrainer.Silent), Train(trainer, TelemetryTrainer.Silent), Train(trainer, TelemetryTrainer.Telling));
            if (i >= 0) measured.Add(round);
        }

        var without = Quartiles.Of(measured.SelectMany(round => new[] { round.B.Milliseconds, round.C.Milliseconds }));
        int steps = turn.Epochs * turn.Steps;
        Console.WriteLine(Invariant($"{model}, a turn of {steps} steps of 64 without telemetry: {without}, {64_000 * steps / without.Median:0} images/s"));
        double cost = Tell("processor time with ÷ without telemetry", measured.Select(round => round.Cost(turn => turn.Processor)));
        Tell("processor time without ÷ without (what is noise)", measured.Select(round => round.C.Processor / round.B.Processor));
        Tell("time with ÷ without telemetry", measured.Select(round => round.Cost(turn => turn.Milliseconds)));
        Tell("time without ÷ without (what is noise)", measured.Select(round => round.C.Milliseconds / round.B.Milliseconds));
        Console.WriteLine(Invariant($"to reach: {1 + limit:0.000}"));
        return cost <= 1 + limit ? 0 : 1;
    }

    /// <returns>The upper end of the median's interval.</returns>
    private static double Tell(string what, IEnumerable<double> ratios)
    {
        double[] sorted = [.. ratios.Order()];
        var (lower, upper) = MedianInterval.Of(sorted.Length);
        var half = Quartiles.Of(sorted);
        Console.WriteLine(Invariant($"{what}, {sorted.Length} rounds: median {half.Median:0.0000}, 95 % interval {sorted[lower]:0.0000} to {sorted[upper]:0.0000} (quartiles {half.Lower:0.0000} to {half.Upper:0.0000})"));
        return sorted[upper];
    }

    private static Turn Train(OwnProcess trainer, string how)
    {
        trainer.Say(how);
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

    /// <summary>What a turn took, in milliseconds.</summary>
    private readonly record struct Turn(double Milliseconds, double Processor);

    /// <summary>Telling, silent, silent, telling.</summary>
    private readonly record struct Round(Turn A, Turn B, Turn C, Turn D)
    {
        public double Cost(Func<Turn, double> time) => (time(A) + time(D)) / (time(B) + time(C));
    }
}
