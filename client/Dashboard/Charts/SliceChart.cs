namespace Distributed.Dashboard;

/// <summary>One parameter against one objective.</summary>
internal sealed class SliceChart : IChart
{
    public string Name => "slice";

    public string Title => "Slice";

    public string Caption => "One parameter against one objective over all measured trials.";

    public IReadOnlyList<ChartOption> Options(SweepView view)
    {
        var columns = SpaceColumn.Of(view);
        return view.Spec is not { } spec || columns.Count == 0 ? [] :
        [
            new("parameter", "of", [.. columns.Select(column => column.Name)]),
            new("metric", "on", [.. spec.Objectives.Select(objective => PageNames.Of(objective.Metric))]),
        ];
    }

    public Figure? Draw(SweepView view, ChartQuery query)
    {
        if (Options(view) is not [var of, var on]) return null;
        var column = SpaceColumn.Of(view).First(column => column.Name == query.Of(of));
        var metric = view.Spec!.Objectives.First(objective => PageNames.Of(objective.Metric) == query.Of(on)).Metric;
        var points = TrialPoints.Of(view, metric).Where(point => point.Trial is { Measurement: not null, Candidate: { } candidate } && double.IsFinite(column.Of(candidate))).ToList();
        if (points.Count < 2) return null;
        var layout = Axes.Of(PlotText.Escape(column.Name), Quantity.Name(metric), null, metric, logX: column.IsLog);
        if (column.Levels is { } levels)
        {
            layout.XAxis[0].TickVals = [.. Enumerable.Range(0, levels.Count).Select(i => (object)i)];
            layout.XAxis[0].TickText = [.. levels.Select(level => (object)PlotText.Escape(level))];
            layout.XAxis[0].Range = [-0.6, levels.Count - 0.4];
        }

        return new(
            [
                .. from look in TrialLook.All
                   let cloud = points.Where(point => point.Kind == look.Kind).ToList()
                   where cloud.Count > 0
                   select Marks.Points(look.Label, look, cloud, point => X(column, point), point => point.Values[0], point => PlotText.Hover(view, point), point => PageNames.Address(view.Name, point.Trial.Id)),
            ],
            layout);
    }

    /// <summary>Choices stand side by side a little, by the trial's number, so that points do not hide each other.</summary>
    private static double X(SpaceColumn column, TrialPoint point)
    {
        double value = column.Of(point.Trial.Candidate!);
        if (column.Levels is not null) return value + (0.5 * ((point.Trial.Id.Number * 0.618 % 1) - 0.5));
        return column.IsLog ? Math.Pow(10, value) : value;
    }
}
