namespace Distributed.Search;

/// <summary>The candidates that cover a space before anything is known of it: its centre, then scrambled Sobol points.</summary>
internal sealed class InitialDesign
{
    private const int Patience = 4096;
    private readonly Drafts _drafts;
    private readonly SobolSequence _sequence;

    public InitialDesign(SearchProblem problem, Drafts drafts)
    {
        _drafts = drafts;
        _sequence = new(drafts.Encoding.Axes.Count, new(problem.Seed, "sobol"));
    }

    /// <summary>How many candidates it has: 2(d+1), at most a third of the trials and at least one, unless the sampler's settings say otherwise.</summary>
    public static int Count(SearchProblem problem)
    {
        int axes = problem.Space.Parameters.Count(parameter => parameter is not Parameter.Fixed);
        int third = problem.Trials is { } trials ? trials / 3 : int.MaxValue;
        return problem.Sampler.Initial ?? Math.Max(1, Math.Min(2 * (axes + 1), third));
    }

    /// <summary>The same, less the foreign trials that already teach what it would; settings go before.</summary>
    public static int Count(SearchProblem problem, SearchHistory history) =>
        problem.Sampler.Initial ?? Math.Max(0, Count(problem) - history.Foreign.Count(trial => trial.Values is not null));

    /// <summary>The suggestion of trial <paramref name="number"/>; null when the space is exhausted.</summary>
    public Suggestion? At(int number) => _drafts.First(Draw(number));

    /// <summary>The centre is number 1, Sobol point i is number i + 2; a point that is not new is passed over, its successor taken.</summary>
    private IEnumerable<Suggestion> Draw(int number)
    {
        if (number == 1)
        {
            double[] centre = new double[_drafts.Encoding.Axes.Count];
            Array.Fill(centre, 0.5);
            yield return new(_drafts.Encoding.Decode(centre), "centre");
        }

        for (int i = Math.Max(0, number - 2); i < number + Patience; i++)
            yield return new(_drafts.Encoding.Decode(_sequence.At((uint)i)), Invariant($"sobol {i}"));
    }
}
