using Distributed.Search;
using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>Runs a sampler with several workers at once, without a cluster or a clock: results come back in a seeded random order.</summary>
/// <param name="search">The problem.</param>
/// <param name="problem">What the sampler is asked; its trials are the budget.</param>
/// <param name="sampler">Who proposes after the initial designs.</param>
/// <param name="workers">Trials in flight.</param>
public sealed class AsynchronousSearch(ProblemSearch search, SearchProblem problem, ISampler sampler, int workers)
{
    private readonly PriorityQueue<Observation, double> _inFlight = new();
    private readonly SeededRandom _durations = new(problem.Seed, "durations");
    private SearchHistory _history = SearchHistory.Empty;

    /// <summary>The trials with their values without noise, in the order in which they ended; fewer than the budget when the space is exhausted.</summary>
    /// <param name="designs">Candidates to begin with.</param>
    public IReadOnlyList<Observation> Run(IReadOnlyList<Candidate> designs)
    {
        var ended = new List<Observation>();
        double now = 0;
        while (true)
        {
            while (_inFlight.Count < workers && _history.Next <= problem.Trials && Next(designs) is { } candidate) Start(candidate, now);
            if (!_inFlight.TryDequeue(out var done, out now)) return ended;
            ended.Add(done with { Values = search.True(done.Candidate!) });
            Close(done);
        }
    }

    private Candidate? Next(IReadOnlyList<Candidate> designs) => _history.Next <= designs.Count
        ? designs[_history.Next - 1]
        : sampler.Suggest(problem, _history, 1) is [var suggestion] ? suggestion.Candidate : null;

    /// <summary>Durations are log-normal: the slowest of sixteen takes some six times as long as the fastest.</summary>
    private void Start(Candidate candidate, double now)
    {
        int number = _history.Next;
        var values = search.Observe(candidate, new(problem.Seed, Invariant($"noise/{number}")));
        _inFlight.Enqueue(new(new(number), candidate, values), now + Math.Exp(0.5 * _durations.NextNormal()));
        _history = _history.WithPending(candidate);
    }

    private void Close(Observation done)
    {
        var pending = _history.Pending.ToList();
        pending.Remove(done.Candidate!);
        _history = new([.. _history.Closed.Append(done).OrderBy(trial => trial.Trial)], pending);
    }
}
