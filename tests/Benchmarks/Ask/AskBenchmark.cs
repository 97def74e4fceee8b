using System.CommandLine;
using System.Diagnostics;
using Distributed.Search;

namespace Distributed.Benchmarks;

/// <summary>How long a proposal takes on given data, beside what others took on such data.</summary>
internal sealed class AskBenchmark : IBenchmark
{
    /// <summary>Until then the runtime has compiled what is called often to its end.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private readonly Option<int[]> _trials = new("--n")
    { Description = "Finished trials.", DefaultValueFactory = _ => [100], AllowMultipleArgumentsPerToken = true };
    private readonly Option<int[]> _dimensions = new("--d")
    { Description = "Parameters.", DefaultValueFactory = _ => [10], AllowMultipleArgumentsPerToken = true };
    private readonly Option<int> _pending = new("--pending") { Description = "Trials under way." };
    private readonly Option<int> _repeats = new("--repeats") { Description = "Proposals that are timed.", DefaultValueFactory = _ => 9 };
    private readonly Option<string> _sampler = new("--sampler") { Description = "Who proposes.", DefaultValueFactory = _ => "bayesian" };
    private readonly Option<bool> _knownCost = new("--known-cost") { Description = "Twelve ratios of a made-up network, latency known, instead of DTLZ2." };
    private readonly Option<double?> _limit = new("--limit") { Description = "Milliseconds that a median may take." };
    private readonly Option<FileInfo?> _against = new("--against") { Description = "CSV of what others took." };

    public Command Command()
    {
        var command = new Command("ask", "Time to propose a candidate.")
        { _trials, _dimensions, _pending, _repeats, _sampler, _knownCost, _limit, _against };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var sampler = Samplers.Find(parsed.GetValue(_sampler)!);
        var peers = parsed.GetValue(_against) is { } file ? PeerLatencies.Read(file) : null;
        bool kept = true;
        foreach (int d in parsed.GetValue(_knownCost) ? [12] : parsed.GetValue(_dimensions)!)
        {
            foreach (int n in parsed.GetValue(_trials)!)
            {
                (var problem, var history) = parsed.GetValue(_knownCost) ? Made(n) : AskData.Of(n, d, parsed.GetValue(_pending));
                var times = Times(sampler, problem, history, parsed.GetValue(_repeats));
                Console.WriteLine(Invariant($"ask, n = {n}, d = {d}, {history.Pending.Count} pending, 2 objectives: {times}"));
                foreach (string line in peers?.Compare(n, d, times.Median) ?? []) Console.WriteLine($"  {line}");
                kept &= !(times.Median > parsed.GetValue(_limit));
            }
        }

        return kept ? 0 : 1;
    }

    /// <summary>Every proposal is from cold: nothing is kept from one to the next but compiled code.</summary>
    private static Quartiles Times(ISampler sampler, SearchProblem problem, SearchHistory history, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 2 || Stopwatch.GetElapsedTime(start) < WarmUp; i++) sampler.Suggest(problem with { Seed = (ulong)i }, history, 1);
        return Quartiles.Of(Enumerable.Range(0, repeats).Select(i => Time(sampler, problem with { Seed = 100 + (ulong)i }, history)));
    }

    private static double Time(ISampler sampler, SearchProblem problem, SearchHistory history)
    {
        long start = Stopwatch.GetTimestamp();
        sampler.Suggest(problem, history, 1);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static (SearchProblem Problem, SearchHistory History) Made(int trials)
    {
        var problem = AskProblem.Create();
        return (problem, AskProblem.History(problem, trials));
    }
}
