namespace Distributed.Sweeps;

/// <summary>Decides how many units every family keeps. The trial that prunes and the search that predicts both ask here, so that they agree.</summary>
/// <remarks>
/// Local: each family loses its own ratio ("ratio/family", else "ratio"). Global: the units with the least normalised importance of the
/// dense model go, over all families together, until the ratio of all units is gone. Either way each width is then taken to the nearest
/// one worth having (ties to the wider), so that no layer is emptied and none is slower than a wider one. Per microsecond: see
/// <see cref="LatencyRanking"/>. Families of another closure than the candidate's, and of branches that it leaves out (<see cref="Depths"/>), keep their dense width. What hardware asks for stands in
/// the profile: deep families lose more (<see cref="ModelProfile.DepthWeight"/>), or all keep the same part (<see cref="ModelProfile.Uniform"/>).
/// </remarks>
public static class WidthAllocation
{
    /// <summary>The width of each family of the profile, in its order.</summary>
    public static int[] For(ModelProfile profile, Candidate candidate)
    {
        if (Depths.Of(profile, candidate) is > 0 and var leftOut && Depths.Under(profile, leftOut) is var shallower)
            return shallower.Whole(For(shallower.Profile, candidate));
        string? closure = Closures.Of(profile, candidate);
        double ratio = candidate.Number(ParameterNames.Ratio) ?? 0;
        if (profile.Uniform) return UniformWidths.At(profile, closure, ratio);
        var scores = ScoresOf(profile, candidate);
        string? ranking = candidate.Choice(ParameterNames.Ranking);
        if (ranking == "per-microsecond") return LatencyRanking.Of(profile, closure, scores, PrecisionForecast.IsInt8(candidate)).At(profile, ratio);
        double[] wanted = ranking == "global" && scores is not null
            ? Global(profile, closure, scores, ratio)
            : [.. profile.Families.Select((family, i) => family.Width * (1 - RatioOf(candidate, profile, i)))];
        return [.. profile.Families.Select((family, i) => Closures.Holds(family.Closure, closure) ? Nearest(family.Widths, wanted[i]) : family.Width)];
    }

    /// <summary>Whether a ranking compares families with each other, and so knows one ratio for all.</summary>
    public static bool RanksAllFamilies(string ranking) => ranking is "global" or "per-microsecond";

    /// <summary>How deep a family lies: 0 for the first, 1 for the last.</summary>
    internal static double Depth(ModelProfile profile, int family) => profile.Families.Count > 1 ? family / (profile.Families.Count - 1.0) : 0.5;

    /// <summary>What a family's importance is multiplied by where families are compared: 1 − weight · (2 · depth − 1), so that deep units count for less.</summary>
    internal static double Weight(ModelProfile profile, int family) => 1 - (profile.DepthWeight * ((2 * Depth(profile, family)) - 1));

    /// <summary>The width nearest to the one wanted; the wider of two as near.</summary>
    internal static int Nearest(IReadOnlyList<int> widths, double wanted)
    {
        int best = widths[^1];
        for (int i = widths.Count - 2; i >= 0; i--)
        {
            if (Math.Abs(widths[i] - wanted) < Math.Abs(best - wanted)) best = widths[i];
        }

        return best;
    }

    /// <summary>A family's own ratio as it is; the common one shifted by depth: ratio · (1 + weight · (2 · depth − 1)), below 1.</summary>
    private static double RatioOf(Candidate candidate, ModelProfile profile, int family)
    {
        if (candidate.Number(ParameterNames.OfFamily(ParameterNames.Ratio, profile.Families[family].Name)) is { } own) return own;
        double common = candidate.Number(ParameterNames.Ratio) ?? 0;
        return Math.Min(common * (1 + (profile.DepthWeight * ((2 * Depth(profile, family)) - 1))), Math.Max(common, 0.95));
    }

    private static CriterionScores? ScoresOf(ModelProfile profile, Candidate candidate)
    {
        string criterion = candidate.Choice(ParameterNames.Criterion) ?? "l1";
        return profile.Scores.FirstOrDefault(scores => scores.Criterion == criterion);
    }

    private static double[] Global(ModelProfile profile, string? closure, CriterionScores scores, double ratio)
    {
        var ranked = scores.Families
            .SelectMany((units, family) => units.Select((score, rank) => (Score: score * Weight(profile, family), family, rank)))
            .Where(unit => Closures.Holds(profile.Families[unit.family].Closure, closure))
            .Order()
            .Take((int)Math.Round(ratio * profile.Families.Where(family => Closures.Holds(family.Closure, closure)).Sum(family => family.Width)));
        double[] wanted = [.. profile.Families.Select(family => (double)family.Width)];
        foreach (var unit in ranked) wanted[unit.family]--;
        return wanted;
    }
}
