namespace Distributed.Dashboard;

/// <summary>Two sweeps on the same axes.</summary>
public sealed class Comparison
{
    private readonly IReadOnlyList<TrialPoint> _first;
    private readonly IReadOnlyList<TrialPoint> _second;

    /// <param name="first">One sweep.</param>
    /// <param name="second">The other.</param>
    public Comparison(SweepView first, SweepView second)
    {
        (First, Second) = (first, second);
        X = Shared(Direction.Minimize) ?? Metric.LatencyRatio;
        Y = Shared(Direction.Maximize) ?? Metric.Accuracy;
        (_first, _second) = (Measured(first), Measured(second));
        List<TrialPoint> all = [.. Feasible(first), .. Feasible(second)];
        Reference = all.Count == 0 ? (double.NaN, double.NaN) : (all.Max(point => point.Values[0]), all.Min(point => point.Values[1]));
    }

    /// <summary>One sweep.</summary>
    public SweepView First { get; }

    /// <summary>The other.</summary>
    public SweepView Second { get; }

    /// <summary>What is to be small: an objective of both, or else the latency ratio.</summary>
    public Metric X { get; }

    /// <summary>What is to be large: an objective of both, or else accuracy.</summary>
    public Metric Y { get; }

    /// <summary>The worst feasible values of both sweeps: hypervolumes against it can be compared. NaN where nothing is measured.</summary>
    public (double X, double Y) Reference { get; }

    /// <summary>Every completed trial.</summary>
    /// <param name="view">One of both.</param>
    public IReadOnlyList<TrialPoint> Points(SweepView view) => ReferenceEquals(view, First) ? _first : _second;

    /// <summary>The front on these axes, by the first.</summary>
    public IReadOnlyList<TrialPoint> Front(SweepView view)
    {
        GrowingEdge edge = new();
        foreach (var point in Feasible(view)) edge.Add(point.Values[0], point.Values[1]);
        return [.. Feasible(view).Where(point => edge.Holds(point.Values[0], point.Values[1])).OrderBy(point => point.Values[0])];
    }

    /// <summary>The hypervolume against the shared reference after each closed trial, the dense model first.</summary>
    public IReadOnlyList<double> Hypervolumes(SweepView view)
    {
        var feasible = Feasible(view).ToDictionary(point => point.Trial.Id);
        GrowingEdge edge = new();
        List<double> volumes = [];
        foreach (var closed in view.Closed)
        {
            if (feasible.TryGetValue(closed.Trial, out var point)) edge.Add(point.Values[0], point.Values[1]);
            volumes.Add(edge.Area(Reference.X, Reference.Y));
        }

        return volumes;
    }

    private TrialPoint[] Measured(SweepView view) => [.. TrialPoints.Of(view, X, Y).Where(point => point.Trial.Measurement is not null)];

    private IEnumerable<TrialPoint> Feasible(SweepView view) => Points(view).Where(point => point.IsFeasible);

    private Metric? Shared(Direction direction)
    {
        var others = Of(Second).ToHashSet();
        return Of(First).Where(others.Contains).Select(metric => (Metric?)metric).FirstOrDefault();

        IEnumerable<Metric> Of(SweepView view) => (view.Spec?.Objectives ?? []).Where(objective => objective.Direction == direction).Select(objective => objective.Metric);
    }
}
