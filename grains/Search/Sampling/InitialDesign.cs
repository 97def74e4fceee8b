namespace Distributed.Search;

/// <summary>The candidates that cover a space before anything is known of it: its centre, then scrambled Sobol points.</summary>
internal sealed class InitialDesign
{
    private const int Patience = 4096;
    private const int LeastForModel = 3;
    private readonly Drafts _drafts;
    private readonly SobolSequence _sequence;

    public InitialDesign(SearchProblem problem, Drafts drafts)
    {
        _drafts = drafts;
        _sequence = new(drafts.Encoding.Axes.Count, new(problem.Seed, "sobol"));
    }

    /// <summary>Trials that cover a space of d parameters: 2(d + 1).</summary>
    public static int Cover(SearchProblem problem) => 2 * (Axes(problem) + 1);

    /// <summary>How many candidates it has for a sampler that goes on from a whole population: enough to cover the space.</summary>
    public static int Count(SearchProblem problem, SearchHistory history) => Count(problem, history, Cover(problem));

    /// <summary>
    /// How many it has for a sampler with a model: (d + 1)/4, at least 3. A model with sensible priors learns more from a candidate that it
    /// asked for than from one that fell anywhere.
    /// </summary>
    public static int CountForModel(SearchProblem problem, SearchHistory history) =>
        Count(problem, history, Math.Max(LeastForModel, (Axes(problem) + 4) / 4));

    /// <summary>
    /// The usual number, at most a third of the trials and at least one, less the foreign trials that already teach what it would; the
    /// sampler's settings go before.
    /// </summary>
    private static int Count(SearchProblem problem, SearchHistory history, int usual)
    {
        int third = problem.Trials is { } trials ? trials / 3 : int.MaxValue;
        return problem.Sampler.Initial ?? Math.Max(0, Math.Max(1, Math.Min(usual, third)) - history.Foreign.Count(trial => trial.Values is not null));
    }

    private static int Axes(SearchProblem problem) => problem.Space.Parameters.Count(parameter => parameter is not Parameter.Fixed);

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
