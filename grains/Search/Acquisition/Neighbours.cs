namespace Distributed.Search;

/// <summary>The points that differ from another in one coordinate.</summary>
internal static class Neighbours
{
    /// <summary>Changed by a step but at least to the next value, or to each other choice.</summary>
    /// <param name="axes">The axes.</param>
    /// <param name="point">Where to look from.</param>
    /// <param name="step">In (0, 1].</param>
    /// <param name="countedOnly">Whether only the axes whose values are counted change.</param>
    public static IEnumerable<double[]> Of(IReadOnlyList<Axis> axes, double[] point, double step, bool countedOnly = false)
    {
        for (int axis = 0; axis < point.Length; axis++)
        {
            if (countedOnly && axes[axis].Levels is null) continue;
            foreach (double place in Places(axes[axis], point[axis], step))
            {
                double[] neighbour = [.. point];
                neighbour[axis] = place;
                yield return neighbour;
            }
        }
    }

    private static IEnumerable<double> Places(Axis axis, double place, double step)
    {
        double cell = axis.Levels is { } levels ? 1.0 / levels : 0;
        if (!axis.IsOrdered)
            return Enumerable.Range(0, (int)axis.Levels!.Value).Select(i => (i + 0.5) * cell).Where(other => Math.Abs(other - place) > cell / 2);
        return new[] { axis.Moved(place, step), axis.Moved(place, -step) }.Where(other => other is >= 0 and <= 1);
    }
}
