namespace Distributed.Search;

/// <summary>
/// The initial design, then the candidate with the largest expected hypervolume improvement under Gaussian processes for what only a trial
/// can tell; costs that are known beforehand are not modelled. Above a thousand trials it goes on in trust regions.
/// </summary>
/// <remarks>The processes are fitted to the closed trials once for each call; pending candidates are believed to give what is expected of them.</remarks>
internal sealed class BayesianSampler(SequentialSampler beyond) : SequentialSampler
{
    /// <summary>The closed trials, foreign ones among them, up to which one process models the whole space.</summary>
    public const int Most = 1000;

    protected override Func<SearchHistory, Suggestion?> Begin(SearchProblem problem, SearchHistory history, Drafts drafts)
    {
        if (history.Closed.Count + history.Foreign.Count > Most) return beyond.Prepare(problem, history, drafts);
        var design = new InitialDesign(problem, drafts);
        int initial = InitialDesign.CountForModel(problem, history);
        var surrogates = new Lazy<Surrogates?>(() => Surrogates.Fit(problem, history, drafts.Encoding), isThreadSafe: false);
        return now => now.Next <= initial || surrogates.Value is null
            ? design.At(now.Next)
            : drafts.First(Promising(problem, now, drafts.Encoding, surrogates.Value));
    }

    private static IEnumerable<Suggestion> Promising(SearchProblem problem, SearchHistory history, SpaceEncoding encoding, Surrogates surrogates)
    {
        var acquisition = new Acquisition(problem, history, encoding, surrogates);
        var search = new AcquisitionSearch(acquisition, encoding, new(problem.Seed, Invariant($"suggest/{history.Next}")));
        string told = surrogates.Fallbacks is { Length: > 0 } fallbacks ? $"; {fallbacks}" : "";
        return search.Run().Select(scored => new Suggestion(scored.Candidate, SuggestionReason.Of(problem, scored) + told));
    }
}
