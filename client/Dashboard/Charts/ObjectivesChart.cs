namespace Distributed.Dashboard;

/// <summary>One objective, trial by trial, and the best so far.</summary>
internal sealed class ObjectivesChart : IChart
{
    public string Name => "objectives";

    public string Title => "Objective by trial";

    public string Caption => "Every measured trial in the order of suggestion; the line is the best so far.";

    public ChartSize Size => ChartSize.Third;

    public IReadOnlyList<ChartOption> Options(SweepView view) => view.Spec is { } spec
        ? [new("of", "of", [.. spec.Objectives.Select(objective => PageNames.Of(objective.Metric))])]
        : [];

    public Figure? Draw(SweepView view, ChartQuery query)
    {
        if (view.Spec is not { } spec) return null;
        string chosen = query.Of(Options(view)[0]);
        var objective = spec.Objectives.First(objective => PageNames.Of(objective.Metric) == chosen);
        var points = TrialPoints.Of(view, objective.Metric).Where(point => point.Trial.Measurement is not null).ToList();
        if (points.Count < 2) return null;
        return new(
            [.. Clouds(view, points), Marks.Line("best so far", "var(--front-line)", points.Select(point => (object)point.Trial.Id.Number), Best(points, objective).Select(value => (object)value), steps: true)],
            Axes.Of("Trial", Quantity.Name(objective.Metric), null, objective.Metric));
    }

    /// <summary>Feasible trials count; before the first the line has not begun.</summary>
    private static IEnumerable<double> Best(IEnumerable<TrialPoint> points, Objective objective)
    {
        double best = double.NaN;
        foreach (var point in points)
        {
            double value = point.Values[0];
            bool better = double.IsNaN(best) || (objective.Direction == Direction.Maximize ? value > best : value < best);
            if (better && point.IsFeasible) best = value;
            yield return best;
        }
    }

    private static IEnumerable<Plotly.Blazor.ITrace> Clouds(SweepView view, IReadOnlyList<TrialPoint> points) =>
        from look in TrialLook.All
        let cloud = points.Where(point => point.Kind == look.Kind).ToList()
        where cloud.Count > 0
        select Marks.Points(look.Label, look, cloud, point => point.Trial.Id.Number, point => point.Values[0], point => PlotText.Hover(view, point), point => PageNames.Address(view.Name, point.Trial.Id));
}
