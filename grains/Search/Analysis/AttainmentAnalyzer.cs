namespace Distributed.Search;

/// <summary>Sums up what the same search reached with several seeds. Pure.</summary>
public static class AttainmentAnalyzer
{
    /// <summary>The surfaces that one, half and all of the sweeps reach; fewer where these are the same.</summary>
    public static Attainment Of(AttainmentRequest request)
    {
        var (first, second) = (request.Objectives[0], request.Objectives[1]);
        IReadOnlyList<IReadOnlyList<(double X, double Y)>> runs =
            [.. request.Fronts.Select(front => front.Select(values => (Losses.Of(second, values[1]), Losses.Of(first, values[0]))).ToList())];
        int count = runs.Count;
        return new(count, [.. new[] { 1, (count + 1) / 2, count }.Distinct().Select(reached => new AttainedSurface(
            reached,
            [.. AttainmentSurface.Of(runs, reached / (double)count).Select(corner => new AttainedCorner(Losses.Of(first, corner.Y), Losses.Of(second, corner.X)))]))]);
    }
}
