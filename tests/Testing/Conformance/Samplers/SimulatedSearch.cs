using Distributed.Search;
using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>Runs a sampler against <see cref="PruningToy"/>, one trial after the other, without a cluster.</summary>
public static class SimulatedSearch
{
    /// <summary>A problem over a space of the toy.</summary>
    public static SearchProblem Problem(SearchSpace? space = null, ulong seed = 7) => new()
    {
        Space = space ?? PruningToy.Mixed,
        Objectives = PruningToy.TwoObjectives,
        Forecast = new PruningToy(),
        Seed = seed,
        Trials = 60,
    };

    /// <summary>The history after the dense baseline.</summary>
    public static SearchHistory Start { get; } = new([new(TrialId.Dense, null, PruningToy.Dense)], []);

    /// <summary>The history after some trials, each suggested with all before it closed.</summary>
    public static SearchHistory Run(ISampler sampler, SearchProblem problem, int trials, SearchHistory? from = null)
    {
        var history = from ?? Start;
        for (int i = 0; i < trials; i++)
        {
            if (sampler.Suggest(problem, history, 1) is not [var suggestion]) break;
            history = Close(history, suggestion.Candidate, PruningToy.Try(suggestion.Candidate));
        }

        return history;
    }

    /// <summary>The history with one more closed trial.</summary>
    public static SearchHistory Close(SearchHistory history, Candidate candidate, ObservedValues? values, params IReadOnlyList<RungReport> rungs) =>
        history with { Closed = [.. history.Closed, new(new(history.Next), candidate, values, rungs)] };
}
