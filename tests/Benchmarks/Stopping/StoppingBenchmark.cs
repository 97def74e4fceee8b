using System.CommandLine;

namespace Distributed.Benchmarks;

/// <summary>
/// What early stopping saves and what it costs: simulated sweeps of the real grains over analytic learning curves of 27 epochs, rungs at 1, 3
/// and 9, each sweep once at full budget and once with stopping.
/// </summary>
internal sealed class StoppingBenchmark : IBenchmark
{
    private const double Least = 2.5;
    private const double MostWrong = 0.05;
    private readonly Option<int> _trials = new("--trials") { Description = "Trials of a sweep.", DefaultValueFactory = _ => 120 };
    private readonly Option<int> _seeds = new("--seeds") { Description = "Sweeps of each kind.", DefaultValueFactory = _ => 10 };
    private readonly Option<int> _workers = new("--workers") { Description = "Simulated devices.", DefaultValueFactory = _ => 4 };
    private readonly Option<string[]> _samplers = new("--sampler")
    {
        Description = "Samplers. Only with sobol and random do both sweeps try the same candidates, so that wrong stops can be counted.",
        DefaultValueFactory = _ => ["sobol", "bayesian"],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _rules = new("--rule") { Description = "Rules.", DefaultValueFactory = _ => ["halving", "median"], AllowMultipleArgumentsPerToken = true };
    private readonly Option<double> _protection = new("--protection") { Description = "Protection of the front, in standard deviations.", DefaultValueFactory = _ => new Sweeps.EarlyStoppingSpec().Protection };

    public Command Command()
    {
        Command command = new("stopping", "Epochs saved by early stopping, and trials wrongly stopped.") { _trials, _seeds, _workers, _samplers, _rules, _protection };
        command.SetAction(async (parsed, _) =>
        {
            bool kept = true;
            foreach (string sampler in parsed.GetRequiredValue(_samplers))
            {
                foreach (string rule in parsed.GetRequiredValue(_rules))
                {
                    List<StoppingComparison> all = [];
                    for (int seed = 1; seed <= parsed.GetValue(_seeds); seed++)
                    {
                        all.Add(await StoppingComparison.Run(new(
                            (ulong)seed, sampler, parsed.GetValue(_trials), parsed.GetValue(_workers), rule, parsed.GetValue(_protection))));
                    }

                    kept &= Tell(sampler, rule, all);
                }
            }

            return kept ? 0 : 1;
        });
        return command;
    }

    private static bool Tell(string sampler, string rule, List<StoppingComparison> all)
    {
        var saved = Quartiles.Of(all.Select(one => one.Saved));
        int front = all.Sum(one => one.Front);
        int wrong = all.Sum(one => one.WronglyStopped);
        string lost = front == 0 ? "" : Invariant($"; wrongly stopped {wrong} of {front} front trials ({100.0 * wrong / front:0.#} %)");
        Console.WriteLine(Invariant($"{sampler}, {rule}: epochs to 95 % of the full-budget hypervolume, full ÷ stopped: {saved.Median:0.00} (quartiles {saved.Lower:0.00}–{saved.Upper:0.00})")
            + Invariant($"; all epochs {all.Average(one => one.AllEpochs):0.00}×; final hypervolume {all.Average(one => one.FinalHypervolume):0.0000}×{lost}"));
        return saved.Median >= Least && wrong <= MostWrong * front;
    }
}
