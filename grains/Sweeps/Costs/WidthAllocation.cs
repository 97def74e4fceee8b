namespace Distributed.Sweeps;

/// <summary>Decides how many units every family keeps. The trial that prunes and the search that predicts both ask here, so that they agree.</summary>
/// <remarks>
/// Local: each family loses its own ratio ("ratio/family", else "ratio"). Global: the units with the least normalised importance of the
/// dense model go, over all families together, until the ratio of all units is gone. Either way each width is then taken to the nearest
/// one worth having (ties to the wider), so that no layer is emptied and none is slower than a wider one.
/// </remarks>
public static class WidthAllocation
{
    /// <summary>The width of each family of the profile, in its order.</summary>
    public static int[] For(ModelProfile profile, Candidate candidate)
    {
        bool global = candidate.Choice(ParameterNames.Ranking) == "global";
        double[] wanted = global && ScoresOf(profile, candidate) is { } scores
            ? Global(profile, scores, candidate.Number(ParameterNames.Ratio) ?? 0)
            : [.. profile.Families.Select(family => family.Width * (1 - RatioOf(candidate, family.Name)))];
        return [.. profile.Families.Select((family, i) => Nearest(family.Widths, wanted[i]))];
    }

    private static double RatioOf(Candidate candidate, string family) =>
        candidate.Number(ParameterNames.OfFamily(ParameterNames.Ratio, family)) ?? candidate.Number(ParameterNames.Ratio) ?? 0;

    private static CriterionScores? ScoresOf(ModelProfile profile, Candidate candidate)
    {
        string criterion = candidate.Choice(ParameterNames.Criterion) ?? "l1";
        return profile.Scores.FirstOrDefault(scores => scores.Criterion == criterion);
    }

    private static double[] Global(ModelProfile profile, CriterionScores scores, double ratio)
    {
        var ranked = scores.Families
            .SelectMany((units, family) => units.Select((score, rank) => (score, family, rank)))
            .Order()
            .Take((int)Math.Round(ratio * profile.Families.Sum(family => family.Width)));
        double[] wanted = [.. profile.Families.Select(family => (double)family.Width)];
        foreach (var unit in ranked) wanted[unit.family]--;
        return wanted;
    }

    private static int Nearest(IReadOnlyList<int> widths, double wanted)
    {
        int best = widths[^1];
        for (int i = widths.Count - 2; i >= 0; i--)
        {
            if (Math.Abs(widths[i] - wanted) < Math.Abs(best - wanted)) best = widths[i];
        }

        return best;
    }
}
