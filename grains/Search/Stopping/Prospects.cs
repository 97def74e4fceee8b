namespace Distributed.Search;

/// <summary>What a trial at a rung may still reach, judged by the peers that went the whole way from there.</summary>
/// <remarks>
/// The final accuracy is predicted from the accuracy at the rung, what it gained since the rung before (a trial that learns slowly has more to
/// come), the known costs (a smaller network has more to recover) and the candidate's parameters (Klein et al. 2017 predict curves so) by <see cref="RidgePrediction"/> over the completed peers. The prospect lies κ deviations
/// above, at most 1; κ is <see cref="EarlyStoppingSpec.Protection"/>.
/// </remarks>
internal static class Prospects
{
    private const int Least = 4;

    /// <summary>Whether the trial may still reach the front: no completed peer that costs no more is at least as accurate as its prospect.</summary>
    /// <returns>Null while fewer than four completed peers tell.</returns>
    public static bool? MayReachFront(double protection, RungField field)
    {
        int[] done = [.. Enumerable.Range(1, field.Standings.Count - 1).Where(i => field.Standings[i].Final is { } final && double.IsFinite(final))];
        if (done.Length < Least) return null;
        RidgePrediction prediction = new([.. done.Select(i => (Features(field, i), field.Standings[i].Final!.Value))]);
        var (mean, deviation) = prediction.At(Features(field, 0));
        double prospect = Math.Min(1, mean + (protection * deviation));
        return !done.Any(i => field.Standings[i].Final >= prospect && field.CostsNoMore(i));
    }

    private static double[] Features(RungField field, int standing)
    {
        double at = field.Standings[standing].Report.Accuracy;
        double gain = field.Standings[standing].Before is { } before && double.IsFinite(before) ? at - before : 0;
        return [at, gain, .. field.Costs[standing], .. field.Standings[standing].Parameters];
    }
}
