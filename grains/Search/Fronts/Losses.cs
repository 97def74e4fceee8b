namespace Distributed.Search;

/// <summary>The one border at which objectives turn into "smaller is better".</summary>
internal static class Losses
{
    /// <summary>One loss for each objective: the value, negated where larger is better.</summary>
    public static double[] Of(IReadOnlyList<Objective> objectives, Func<Metric, double> values) =>
        [.. objectives.Select(objective => Of(objective, values(objective.Metric)))];

    /// <summary>One loss for each value, in the order of the objectives.</summary>
    public static double[] Of(IReadOnlyList<Objective> objectives, IReadOnlyList<double> values) =>
        [.. objectives.Zip(values, Of)];

    /// <summary>The loss of one value. Its own inverse.</summary>
    public static double Of(Objective objective, double value) => objective.Direction == Direction.Maximize ? -value : value;

    /// <summary>Whether a is nowhere worse than b and somewhere better. Equal losses do not dominate each other.</summary>
    public static bool Dominates(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        bool better = false;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] > b[i]) return false;
            better |= a[i] < b[i];
        }

        return better;
    }

    /// <summary>Orders by the first loss, then the next. Of two that differ, only the earlier can dominate the other.</summary>
    public static int Compare(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            int order = a[i].CompareTo(b[i]);
            if (order != 0) return order;
        }

        return 0;
    }
}
