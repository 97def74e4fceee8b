namespace Distributed.Search;

/// <summary>A candidate and what it promises.</summary>
/// <param name="Point">Where it lies: the place of the candidate, not the place that was decoded.</param>
/// <param name="Candidate">The candidate.</param>
/// <param name="Value">ln(expected improvement × probability of keeping the constraints), −∞ where there is none; NaN when it is known to break one.</param>
/// <param name="Unknown">Deviation of what is modelled, relative to its mean: decides where nothing promises an improvement.</param>
/// <param name="Forecast">What is expected in each objective, in natural units.</param>
internal sealed record Scored(double[] Point, Candidate Candidate, double Value, double Unknown, IReadOnlyList<Prediction> Forecast)
{
    /// <summary>The more promising first; those known to break a constraint last.</summary>
    public static IComparer<Scored> ByPromise { get; } = Comparer<Scored>.Create((a, b) =>
    {
        int order = Promise(b).CompareTo(Promise(a));
        return order != 0 ? order : b.Unknown.CompareTo(a.Unknown);
    });

    private static double Promise(Scored scored) => double.IsNaN(scored.Value) ? double.MinValue : Math.Max(scored.Value, 0.5 * double.MinValue);
}
