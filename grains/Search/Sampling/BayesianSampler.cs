namespace Distributed.Search;

/// <summary>
/// The initial design, then the candidate with the largest expected hypervolume improvement under Gaussian processes for what only a trial
/// can tell; costs that are known beforehand are not modelled.
/// </summary>
/// <remarks>The processes are fitted to the closed trials once for each call; pending candidates are believed to give what is expected of them.</remarks>
internal sealed class BayesianSampler : SequentialSampler
{
    protected override Func<SearchHistory, Suggestion?> Begin(SearchProblem problem, SearchHistory history, Drafts drafts)
    {
        var design = new InitialDesign(problem, drafts);
        int initial = InitialDesign.Count(problem, history);
        var surrogates = new Lazy<Surrogates?>(() => Surrogates.Fit(problem, history, drafts.Encoding), isThreadSafe: false);
        return now => now.Next <= initial || surrogates.Value is null
            ? design.At(now.Next)
            : drafts.First(Promising(problem, now, drafts.Encoding, surrogates.Value));
    }

    private static IEnumerable<Suggestion> Promising(SearchProblem problem, SearchHistory history, SpaceEncoding encoding, Surrogates surrogates)
    {
        var acquisition = new Acquisition(problem, history, encoding, surrogates);
        var search = new AcquisitionSearch(acquisition, encoding, new(problem.Seed, Invariant($"suggest/{history.Next}")));
        return search.Run().Select(scored => new Suggestion(scored.Candidate, Reason(problem, scored) + (surrogates.Fallbacks is { Length: > 0 } told ? $"; {told}" : "")));
    }

    private static string Reason(SearchProblem problem, Scored scored)
    {
        if (double.IsNaN(scored.Value)) return "expected improvement unknown";
        string forecast = string.Join(", ", problem.Objectives.Zip(scored.Forecast, Describe));
        return double.IsFinite(scored.Value)
            ? Invariant($"expected improvement {Math.Exp(scored.Value):g3} (predicted {forecast})")
            : $"no improvement expected; where least is known (predicted {forecast})";
    }

    private static string Describe(Objective objective, Prediction value) => value.Deviation > 0
        ? Invariant($"{MetricText.Of(objective.Metric)} {value.Mean:g3} ± {value.Deviation:g2}")
        : Invariant($"{MetricText.Of(objective.Metric)} {value.Mean:g3}");
}
