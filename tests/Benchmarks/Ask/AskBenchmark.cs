using System.CommandLine;
using System.Diagnostics;
using Distributed.Search;

namespace Distributed.Benchmarks;

/// <summary>How long a proposal takes when some trials are finished: 12 ratios, accuracy modelled, latency known.</summary>
internal sealed class AskBenchmark : IBenchmark
{
    private readonly Option<int> _trials = new("--trials") { Description = "Finished trials.", DefaultValueFactory = _ => 100 };
    private readonly Option<int> _repeats = new("--repeats") { Description = "Proposals that are timed.", DefaultValueFactory = _ => 25 };
    private readonly Option<double> _limit = new("--limit") { Description = "Milliseconds that the median may take.", DefaultValueFactory = _ => 200 };

    public Command Command()
    {
        var command = new Command("ask", "Time to propose a candidate.") { _trials, _repeats, _limit };
        command.SetAction(parsed => Run(parsed.GetValue(_trials), parsed.GetValue(_repeats), parsed.GetValue(_limit)));
        return command;
    }

    private static int Run(int trials, int repeats, double limit)
    {
        var sampler = Samplers.Find("bayesian");
        var problem = AskProblem.Create();
        var history = AskProblem.History(problem, trials);
        for (int i = 0; i < 3; i++) sampler.Suggest(problem with { Seed = (ulong)i }, history, 1);
        var times = Quartiles.Of(Enumerable.Range(0, repeats).Select(i => Time(sampler, problem with { Seed = 100 + (ulong)i }, history)));
        Console.WriteLine(Invariant($"ask, {trials} finished trials, {problem.Space.Parameters.Count} dimensions, 2 objectives: {times}"));
        return times.Median <= limit ? 0 : 1;
    }

    private static double Time(ISampler sampler, SearchProblem problem, SearchHistory history)
    {
        long start = Stopwatch.GetTimestamp();
        sampler.Suggest(problem, history, 1);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
