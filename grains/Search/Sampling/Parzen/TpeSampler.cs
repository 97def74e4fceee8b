namespace Distributed.Search;

/// <summary>
/// The initial design, then what is most probable among the good trials and least among the others: a tree-structured Parzen estimator
/// (Bergstra, Bardenet, Bengio and Kégl 2011) for several objectives (Ozaki et al. 2022) with one density over all parameters at once.
/// </summary>
/// <remarks>
/// Candidates in flight, and trials that were stopped or failed, count as bad: what is under way is not tried a second time nearby.
/// Draws from the good trials' density are ranked by log p_good − log p_bad.
/// </remarks>
internal sealed class TpeSampler : SequentialSampler
{
    private const double GoodPart = 0.1;
    private const int MostGood = 25;
    private const int Draws = 24;

    protected override Func<SearchHistory, Suggestion?> Begin(SearchProblem problem, SearchHistory history, Drafts drafts)
    {
        var design = new InitialDesign(problem, drafts);
        int initial = InitialDesign.Count(problem, history);
        var judged = Judged.Of(problem, history, drafts.Encoding);
        var split = GoodAndBad.Of(judged, Math.Min(MostGood, (int)Math.Ceiling(GoodPart * judged.Count)));
        double[][] unfinished = [.. history.Evidence.Where(trial => trial is { Candidate: not null, Values: null }).Select(trial => drafts.Encoding.Encode(trial.Candidate!))];
        var good = new ParzenEstimator(drafts.Encoding.Axes, split.Good, split.Weights);
        return now =>
        {
            if (now.Next <= initial || judged.Count == 0) return design.At(now.Next);
            double[][] bad = [.. split.Bad, .. unfinished, .. now.Pending.Select(drafts.Encoding.Encode)];
            var poor = new ParzenEstimator(drafts.Encoding.Axes, bad, [.. bad.Select(_ => 1.0)]);
            return drafts.First(Draw(good, poor, drafts.Encoding, new(problem.Seed, Invariant($"suggest/{now.Next}"))));
        };
    }

    private static IEnumerable<Suggestion> Draw(ParzenEstimator good, ParzenEstimator bad, SpaceEncoding encoding, SeededRandom random)
    {
        for (int drawn = 0; drawn < Patience; drawn += Draws)
        {
            var batch = new List<(Candidate Candidate, double Score)>();
            for (int i = 0; i < Draws; i++)
            {
                var candidate = encoding.Decode(good.Draw(random));
                double[] point = encoding.Encode(candidate);
                batch.Add((candidate, good.LogDensity(point) - bad.LogDensity(point)));
            }

            foreach (var (candidate, score) in batch.OrderByDescending(one => one.Score))
                yield return new(candidate, Invariant($"{Math.Exp(score):g3} times as probable among the good as among the others"));
        }
    }
}
