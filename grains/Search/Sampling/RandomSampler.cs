namespace Distributed.Search;

/// <summary>Uniform draws from the space: the control that every other sampler has to beat.</summary>
internal sealed class RandomSampler : SequentialSampler
{
    protected override Func<SearchHistory, Suggestion?> Begin(SearchProblem problem, SearchHistory history, Drafts drafts) =>
        now => drafts.First(Draw(new(problem.Seed, Invariant($"suggest/{now.Next}")), drafts.Encoding));

    private static IEnumerable<Suggestion> Draw(SeededRandom random, SpaceEncoding encoding)
    {
        double[] point = new double[encoding.Axes.Count];
        for (int i = 0; i < Patience; i++)
        {
            for (int d = 0; d < point.Length; d++) point[d] = random.NextDouble();
            yield return new(encoding.Decode(point), "random");
        }
    }
}
