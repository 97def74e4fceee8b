using System.CommandLine;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>What a trial takes outside training, evaluation and measuring: reading, scoring, slicing, writing.</summary>
/// <remarks>Recalibration runs up to 3,200 images through the network: it is counted as training, and printed.</remarks>
internal sealed class OverheadBenchmark : IBenchmark
{
    private static readonly TrialPhase[] Work = [TrialPhase.Recalibrating, TrialPhase.FineTuning, TrialPhase.Evaluating, TrialPhase.Measuring];
    private readonly Option<int> _trials = new("--trials") { Description = "Candidates.", DefaultValueFactory = _ => 9 };
    private readonly Option<int> _images = new("--images") { Description = "Training images.", DefaultValueFactory = _ => 4000 };
    private readonly Option<string> _model = new("--model") { Description = "A zoo network.", DefaultValueFactory = _ => "resnet-8" };
    private readonly Option<double> _epochs = new("--epochs") { Description = "Epochs of fine-tuning.", DefaultValueFactory = _ => 0.25 };

    public Command Command()
    {
        var command = new Command("overhead", "A trial's time outside training, evaluation and measuring (to reach: 1 s).") { _trials, _images, _model, _epochs };
        command.SetAction(parsed => Run(
            parsed.GetValue(_trials), Spec(parsed.GetRequiredValue(_model), parsed.GetValue(_images), parsed.GetValue(_epochs))));
        return command;
    }

    private static SweepSpec Spec(string model, int images, double epochs) => new()
    {
        Name = new("overhead"),
        Model = new() { Zoo = model },
        Dataset = new() { Format = "shapes", Train = images, Validation = 1000, Test = 1000 },
        Baseline = new() { Epochs = epochs },
        Recovery = new() { Epochs = epochs, LearningRate = 0.02 },
        Space = new([new Parameter.Real(ParameterNames.Ratio, 0, 0.8)]),
        EarlyStopping = new() { Enabled = false },
        Budget = new() { Trials = 1 },
        Latency = new() { Sessions = 1, Warmup = 1, Runs = 5 },
    };

    private static int Run(int trials, SweepSpec spec)
    {
        TorchRuntime.Initialize(1, "cpu");
        using var sweep = new BenchmarkSweep(spec);
        var clocks = new List<PhaseClock>();
        for (int trial = 1; trial <= trials; trial++)
        {
            var clock = new PhaseClock();
            var candidate = new Candidate([new(ParameterNames.Ratio, 0.8 * trial / trials), new(ParameterNames.Criterion, trial % 2 == 0 ? "l1" : "taylor")]);
            sweep.Run(trial, candidate, clock);
            clocks.Add(clock);
        }

        foreach (var phase in Enum.GetValues<TrialPhase>().Where(phase => clocks.Any(clock => clock.In(phase) > 0)))
            Console.WriteLine(Invariant($"  {phase,-14}{(Work.Contains(phase) ? "work    " : "overhead")} {Quartiles.Of(clocks.Select(clock => clock.In(phase)))}"));
        var overheads = Quartiles.Of(clocks.Select(clock => Enum.GetValues<TrialPhase>().Except(Work).Sum(clock.In)));
        Console.WriteLine(Invariant($"overhead, {trials} trials of {spec.Model.Zoo}: {overheads}; to reach: 1000 ms"));
        return 0;
    }
}
