namespace Distributed.Search;

/// <summary>A sampler that proposes one candidate at a time, each with the ones before it pending.</summary>
internal abstract class SequentialSampler : ISampler
{
    /// <summary>How many draws are made before a space is taken to hold nothing new.</summary>
    protected const int Patience = 4096;

    public IReadOnlyList<Suggestion> Suggest(SearchProblem problem, SearchHistory history, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var drafts = new Drafts(problem, history);
        var next = Begin(problem, history, drafts);
        var suggestions = new List<Suggestion>();
        while (suggestions.Count < count && next(history) is { } suggestion)
        {
            suggestions.Add(suggestion);
            drafts.Take(suggestion.Candidate);
            history = history.WithPending(suggestion.Candidate);
        }

        return suggestions;
    }

    /// <summary><see cref="Begin"/> for another sampler that hands over.</summary>
    public Func<SearchHistory, Suggestion?> Prepare(SearchProblem problem, SearchHistory history, Drafts drafts) => Begin(problem, history, drafts);

    /// <summary>Prepares what the suggestions of one call share: it may depend on the closed trials only.</summary>
    /// <returns>The next suggestion for a history, or null when the space is exhausted.</returns>
    protected abstract Func<SearchHistory, Suggestion?> Begin(SearchProblem problem, SearchHistory history, Drafts drafts);
}
