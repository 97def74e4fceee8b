namespace Distributed.Search;

/// <summary>The centre, then scrambled Sobol points for as long as it is asked. Results are not looked at.</summary>
internal sealed class SobolSampler : SequentialSampler
{
    protected override Func<SearchHistory, Suggestion?> Begin(SearchProblem problem, SearchHistory history, Drafts drafts)
    {
        var design = new InitialDesign(problem, drafts);
        return now => design.At(now.Next);
    }
}
