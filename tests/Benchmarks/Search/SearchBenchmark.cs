using System.CommandLine;
using Distributed.Testing;

namespace Distributed.Benchmarks;

/// <summary>How much hypervolume a sampler finds on problems in closed form, and how long it thinks.</summary>
internal sealed class SearchBenchmark : IBenchmark
{
    private readonly Option<string[]> _problems = new("--problem")
    { Description = "Problems, 'compared' for those that others were run on, or 'all'.", DefaultValueFactory = _ => ["BraninCurrin"], AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _sampler = new("--sampler") { Description = "Who proposes.", DefaultValueFactory = _ => "bayesian" };
    private readonly Option<int> _budget = new("--budget") { Description = "Trials, the initial ones among them.", DefaultValueFactory = _ => 60 };
    private readonly Option<int?> _initial = new("--init") { Description = "Initial trials. Default: 2(d + 1) of --init-designs, and without these the sampler's usual number." };
    private readonly Option<int> _workers = new("--workers") { Description = "Trials in flight.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _seeds = new("--seeds") { Description = "Runs, with the seeds 0, 1, ….", DefaultValueFactory = _ => 10 };
    private readonly Option<int> _jobs = new("--jobs") { Description = "Runs at a time; 1 for times that mean something.", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<FileInfo?> _csv = new("--csv") { Description = "Where to write the hypervolume after every trial." };
    private readonly Option<FileInfo?> _designs = new("--init-designs") { Description = "CSV of initial designs: problem, seed, i, x…." };
    private readonly Option<FileInfo?> _against = new("--against") { Description = "CSV of what others reached." };
    private readonly Option<bool> _knownCost = new("--known-cost") { Description = "Tell the objective that can be told beforehand; problems without one are left out." };
    private readonly Option<bool> _noReference = new("--no-reference") { Description = "Do not tell the reference point." };

    public Command Command()
    {
        var command = new Command("search", "Hypervolume of a sampler on test problems.")
        { _problems, _sampler, _budget, _initial, _workers, _seeds, _jobs, _csv, _designs, _against, _knownCost, _noReference };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var settings = new SearchSettings
        {
            Sampler = parsed.GetValue(_sampler)!,
            Budget = parsed.GetValue(_budget),
            Initial = parsed.GetValue(_initial),
            Workers = parsed.GetValue(_workers),
            Designs = parsed.GetValue(_designs) is { } designs ? InitialDesigns.Read(designs) : null,
            KnownCost = parsed.GetValue(_knownCost),
            Reference = !parsed.GetValue(_noReference),
        };
        var peers = parsed.GetValue(_against) is { } file ? PeerResults.Read(file) : null;
        using var csv = parsed.GetValue(_csv) is { } target ? new HypervolumeCsv(target) : null;
        var chosen = Chosen(parsed.GetValue(_problems)!);
        if (settings.KnownCost) chosen = [.. chosen.Where(problem => problem.KnownObjective is not null)];
        foreach (var problem in chosen)
        {
            var runs = new SearchRun[parsed.GetValue(_seeds)];
            Parallel.For(0, runs.Length, new() { MaxDegreeOfParallelism = parsed.GetValue(_jobs) }, seed => runs[seed] = SearchRun.Of(problem, settings, seed));
            new SearchReport(problem, settings, runs).Print(peers);
            csv?.Write(problem, settings.Label, runs);
        }

        return 0;
    }

    private static IReadOnlyList<TestProblem> Chosen(string[] names) => names switch
    {
        ["all"] => TestProblems.All,
        ["compared"] => TestProblems.Compared,
        _ => [.. names.Select(TestProblems.Find)],
    };
}
