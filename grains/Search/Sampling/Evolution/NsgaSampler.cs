namespace Distributed.Search;

/// <summary>
/// The initial design, then children of the best of all finished trials: NSGA-II (Deb, Pratap, Agarwal and Meyarivan 2002) without
/// generations, so that no worker waits for another.
/// </summary>
/// <remarks>
/// The population is the best of the whole history by constrained domination, then by crowding; a parent is the better of two drawn at
/// random. Half of the patience goes to children, the other half to uniform draws, so that the search does not end where a population
/// has only copies of itself to offer.
/// </remarks>
internal sealed class NsgaSampler : SequentialSampler
{
    /// <summary>The size of the population.</summary>
    internal const int Population = 12;

    protected override Func<SearchHistory, Suggestion?> Begin(SearchProblem problem, SearchHistory history, Drafts drafts)
    {
        var design = new InitialDesign(problem, drafts);
        int initial = InitialDesign.Count(problem, history);
        var population = Best(Judged.Of(problem, history, drafts.Encoding));
        return now => now.Next <= initial || population.Count < 2
            ? design.At(now.Next)
            : drafts.First(Draw(population, drafts.Encoding, new(problem.Seed, Invariant($"suggest/{now.Next}"))));
    }

    /// <summary>The best by rank, inside the last rank by crowding; in this order.</summary>
    private static List<double[]> Best(List<Judged> trials)
    {
        int[] ranks = Judged.Ranks(trials);
        var best = new List<double[]>();
        foreach (var front in Enumerable.Range(0, trials.Count).GroupBy(i => ranks[i]).OrderBy(front => front.Key))
        {
            if (best.Count >= Population) break;
            int[] members = [.. front];
            double[] crowding = NonDomination.Crowding([.. members.Select(i => trials[i].Losses)]);
            best.AddRange(members.Zip(crowding).OrderByDescending(pair => pair.Second).Select(pair => trials[pair.First].Point));
        }

        return best[..Math.Min(best.Count, Population)];
    }

    private static IEnumerable<Suggestion> Draw(List<double[]> population, SpaceEncoding encoding, SeededRandom random)
    {
        var variation = new Variation(encoding.Axes, random);
        for (int i = 0; i < Patience / 2; i++)
        {
            (int first, int second) = (Parent(population.Count, random), Parent(population.Count, random));
            yield return new(encoding.Decode(variation.Child(population[first], population[second])), Invariant($"child of the {Ordinal(first)} and {Ordinal(second)} best"));
        }

        double[] point = new double[encoding.Axes.Count];
        for (int i = 0; i < Patience / 2; i++)
        {
            for (int d = 0; d < point.Length; d++) point[d] = random.NextDouble();
            yield return new(encoding.Decode(point), "random: every child was known");
        }
    }

    /// <summary>The better of two.</summary>
    private static int Parent(int count, SeededRandom random) => Math.Min(random.Next(count), random.Next(count));

    private static string Ordinal(int index) => Invariant($"{index + 1}.");
}
