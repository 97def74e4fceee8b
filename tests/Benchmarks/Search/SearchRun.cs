using System.Diagnostics;
using Distributed.Search;
using Distributed.Testing;

namespace Distributed.Benchmarks;

/// <summary>One search of a problem.</summary>
/// <param name="Hypervolumes">Of the true values of the feasible trials, after each trial.</param>
/// <param name="Milliseconds">Of each suggestion after the initial ones.</param>
internal sealed record SearchRun(IReadOnlyList<double> Hypervolumes, IReadOnlyList<double> Milliseconds)
{
    /// <summary>The hypervolume after so many trials; that after the last where there were fewer.</summary>
    public double At(int trials) => Hypervolumes[Math.Min(trials, Hypervolumes.Count) - 1];

    public static SearchRun Of(TestProblem problem, SearchSettings settings, int seed)
    {
        var search = new ProblemSearch(problem, settings.KnownCost);
        int? initial = settings.Initial ?? (settings.Designs is null ? null : problem.Initial);
        var designs = settings.Designs?.Of(problem, seed, initial!.Value) ?? [];
        var asked = search.Ask((ulong)seed, settings.Budget, new() { Name = settings.Sampler, Initial = initial }, settings.Reference);
        var sampler = new TimedSampler(Samplers.Find(settings.Sampler));
        var ended = new AsynchronousSearch(search, asked, sampler, settings.Workers).Run(designs);
        if (ended.Select(trial => search.Canonical(trial.Candidate!)).Distinct().Count() != ended.Count)
            throw new InvalidOperationException($"'{settings.Sampler}' proposed a candidate twice on {problem.Name}, seed {seed}.");
        return new([.. Enumerable.Range(1, ended.Count).Select(count => search.Hypervolume(ended.Take(count)))], sampler.Milliseconds);
    }

    private sealed class TimedSampler(ISampler inner) : ISampler
    {
        private readonly List<double> _milliseconds = [];

        /// <summary>Of the suggestions after the initial ones; of all where their number is the sampler's own.</summary>
        public IReadOnlyList<double> Milliseconds => _milliseconds;

        public IReadOnlyList<Suggestion> Suggest(SearchProblem problem, SearchHistory history, int count)
        {
            long start = Stopwatch.GetTimestamp();
            var suggestions = inner.Suggest(problem, history, count);
            if (history.Next > (problem.Sampler.Initial ?? 0)) _milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            return suggestions;
        }
    }
}
