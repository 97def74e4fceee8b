namespace Distributed.Dashboard;

/// <summary>Leaves out what others cover: of many points of one kind that lie on each other in a picture, the newest is drawn.</summary>
internal static class Thinning
{
    /// <summary>So many points are all drawn.</summary>
    private const int Few = 1500;

    /// <summary>Places for a point in a chart of usual size, each a little wider than a mark.</summary>
    private const int Across = 110;
    private const int Up = 45;

    /// <summary>Those to draw, in their order. Kinds that stand out (front, knee, running, dense) are never thinned.</summary>
    /// <param name="kind">The kind of all of them.</param>
    /// <param name="cloud">The points, with x first and y second.</param>
    /// <param name="logX">Whether x is drawn on a logarithmic axis.</param>
    /// <param name="logY">The same of y.</param>
    public static IReadOnlyList<TrialPoint> Of(TrialKind kind, IReadOnlyList<TrialPoint> cloud, bool logX, bool logY)
    {
        if (cloud.Count <= Few || kind is TrialKind.Front or TrialKind.Knee or TrialKind.Running or TrialKind.Dense) return cloud;
        int[] columns = Places(cloud, 0, logX, Across), rows = Places(cloud, 1, logY, Up);
        HashSet<int> taken = [];
        List<TrialPoint> drawn = [];
        for (int i = cloud.Count - 1; i >= 0; i--)
        {
            if (taken.Add((columns[i] * Up) + rows[i])) drawn.Add(cloud[i]);
        }

        drawn.Reverse();
        return drawn;
    }

    /// <summary>"dominated", or "dominated (1400 of 9800 drawn)".</summary>
    public static string Label(string label, int drawn, int all) => drawn == all ? label : Invariant($"{label} ({drawn} of {all} drawn)");

    private static int[] Places(IReadOnlyList<TrialPoint> cloud, int axis, bool log, int places)
    {
        double[] values = [.. cloud.Select(point => log ? Math.Log10(Math.Max(point.Values[axis], double.Epsilon)) : point.Values[axis])];
        double low = values.Min(), span = values.Max() - low;
        return [.. values.Select(value => span > 0 ? Math.Min(places - 1, (int)((value - low) / span * places)) : 0)];
    }
}
