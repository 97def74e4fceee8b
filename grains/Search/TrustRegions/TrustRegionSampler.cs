namespace Distributed.Search;

/// <summary>
/// Bayesian optimisation in trust regions: processes of the trials near a few members of the front, and the candidate inside one of the
/// regions that promises most for the whole front. For thousands of trials, or many dimensions.
/// </summary>
/// <remarks>
/// After MORBO (Daulton, Eriksson, Balandat and Bakshy 2022), with one length for all regions and all of it replayed from the history; the
/// candidate maximises the logarithm of the expected hypervolume improvement over the whole front rather than that of one posterior draw.
/// </remarks>
internal sealed class TrustRegionSampler : SequentialSampler
{
    private const int Regions = 3;
    private const int Neighbours = 200;

    protected override Func<SearchHistory, Suggestion?> Begin(SearchProblem problem, SearchHistory history, Drafts drafts)
    {
        var design = new InitialDesign(problem, drafts);
        int initial = InitialDesign.Count(problem, history);
        var closed = new Lazy<ClosedTrials>(() => new(problem, history, drafts.Encoding), isThreadSafe: false);
        return now => now.Next <= initial || closed.Value.Measured < 2 ? design.At(now.Next) : drafts.First(Promising(problem, now, drafts.Encoding, closed.Value));
    }

    private static IEnumerable<Suggestion> Promising(SearchProblem problem, SearchHistory history, SpaceEncoding encoding, ClosedTrials closed)
    {
        var random = new SeededRandom(problem.Seed, Invariant($"suggest/{history.Next}"));
        List<double[]> front = [.. closed.Front.Select(one => one.Losses!)];
        var found = new List<(Scored Scored, string Told)>();
        foreach (int member in RegionCentres.Of([.. closed.Centres.Select(one => one.Losses!)], Regions, random))
        {
            var centre = closed.Centres[member];
            var region = new TrustRegion(centre.Point, closed.Length);
            var local = closed.Near(region, Neighbours) with { Pending = history.Pending };
            if (Surrogates.Fit(problem, local, encoding, throughLenses: false) is not { } surrogates) continue;
            var acquisition = new Acquisition(problem, local, encoding, surrogates, front);
            string told = surrogates.Fallbacks is { Length: > 0 } fallbacks ? $"; {fallbacks}" : "";
            told = Invariant($" in a region of length {closed.Length:g3} around trial {centre.Trial.Trial}{(centre.IsForeign ? " of the earlier sweep" : "")}{told}");
            found.AddRange(new AcquisitionSearch(acquisition, encoding, random, region).Run().Select(scored => (scored, told)));
        }

        return found.OrderBy(pair => pair.Scored, Scored.ByPromise)
            .Select(pair => new Suggestion(pair.Scored.Candidate, SuggestionReason.Of(problem, pair.Scored) + pair.Told));
    }
}
