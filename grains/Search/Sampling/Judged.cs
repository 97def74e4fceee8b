namespace Distributed.Search;

/// <summary>A finished trial as samplers without a model compare it.</summary>
/// <param name="Point">Its candidate in the unit cube.</param>
/// <param name="Losses">One for each objective, finite.</param>
/// <param name="Violation">How far it breaks the constraints; 0 when it keeps them.</param>
/// <param name="Candidate">The candidate.</param>
internal sealed record Judged(double[] Point, double[] Losses, double Violation, Candidate Candidate)
{
    /// <summary>The completed trials of a history whose objectives are finite, foreign ones among them.</summary>
    public static List<Judged> Of(SearchProblem problem, SearchHistory history, SpaceEncoding encoding)
    {
        var bounds = Feasibility.All(problem.Objectives, problem.Constraints);
        var judged = new List<Judged>();
        foreach (var trial in history.Evidence)
        {
            if (trial is not { Candidate: { } candidate, Values: { } values }) continue;
            double[] losses = Search.Losses.Of(problem.Objectives, values.Of);
            if (losses.All(double.IsFinite)) judged.Add(new(encoding.Encode(candidate), losses, Feasibility.Violation(bounds, values), candidate));
        }

        return judged;
    }

    /// <summary>The rank of each, by constrained domination.</summary>
    public static int[] Ranks(IReadOnlyList<Judged> trials) =>
        NonDomination.Ranks([.. trials.Select(trial => trial.Losses)], [.. trials.Select(trial => trial.Violation)]);
}
