using Plotly.Blazor;
using Plotly.Blazor.Traces;

namespace Distributed.Dashboard;

/// <summary>The objectives against each other: what the sweep is for.</summary>
internal sealed class FrontChart : IChart
{
    private const int FewMeasured = 5;
    private const double Margin = 0.07;

    public string Name => "front";

    public string Title => "Front";

    public string Caption => "Each point is a trial; the line joins the models that no other beats. Click one to open it.";

    public ChartSize Size => ChartSize.TwoThirds;

    public bool IsLive => true;

    public IReadOnlyList<ChartOption> Options(SweepView view)
    {
        List<ChartOption> options = [ChartOption.Switch("logx", "log x"), ChartOption.Switch("logy", "log y"), ChartOption.Switch("all", "all trials")];
        if (view.Spec is not { } spec) return options;
        var metrics = Metrics(spec).Select(PageNames.Of).ToList();
        var (x, y) = FrontAxes.Of(spec.Objectives);
        options.Insert(0, new("y", "y", [PageNames.Of(y), .. metrics.Where(name => name != PageNames.Of(y))]));
        options.Insert(0, new("x", "x", [PageNames.Of(x), .. metrics.Where(name => name != PageNames.Of(x))]));
        if (spec.Objectives.Count > 2) options.Add(ChartOption.Switch("3d", "3D"));
        return options;
    }

    public Figure? Draw(SweepView view, ChartQuery query)
    {
        if (view.Spec is not { } spec) return null;
        var options = Options(view);
        if (query.IsOn("3d") && spec.Objectives.Count > 2) return FrontInSpace.Draw(view, [.. spec.Objectives.Take(3)]);
        Metric x = Chosen("x"), y = Chosen("y");
        var points = TrialPoints.Of(view, x, y);
        if (points.Count == 0) return null;
        var layout = Axes.Of(x, y, query.IsOn("logx"), query.IsOn("logy"));
        if (!query.IsOn("all")) Focus(layout, points, query);
        layout.Shapes = [.. FeasibleRegion.Of(view, points, x, y)];
        return new([.. Staircase(spec, points, x, y), .. Clouds(view, points, query)], layout);

        Metric Chosen(string key) => Metrics(spec).First(metric => PageNames.Of(metric) == query.Of(options.First(option => option.Key == key)));
    }

    /// <summary>Shows where the measured trials are: those stopped at their first steps would press them together.</summary>
    private static void Focus(Layout layout, IReadOnlyList<TrialPoint> points, ChartQuery query)
    {
        var measured = points.Where(point => point.Trial.Measurement is not null).ToList();
        if (measured.Count < FewMeasured) return;
        layout.XAxis[0].Range = Range(measured, 0, query.IsOn("logx"));
        layout.YAxis[0].Range = Range(measured, 1, query.IsOn("logy"));
    }

    private static List<object>? Range(IReadOnlyList<TrialPoint> points, int axis, bool log)
    {
        double low = points.Min(point => point.Values[axis]), high = points.Max(point => point.Values[axis]);
        if (log && low <= 0) return null;
        if (log) (low, high) = (Math.Log10(low), Math.Log10(high));
        double margin = high > low ? Margin * (high - low) : 0.01;
        return [low - margin, high + margin];
    }

    /// <summary>The objectives and, to compare, everything else that is measured.</summary>
    private static IEnumerable<Metric> Metrics(SweepSpec spec) => spec.Objectives.Select(objective => objective.Metric)
        .Concat([Metric.Accuracy, Metric.LatencyRatio, Metric.LatencyMs, Metric.Macs, Metric.Parameters, Metric.Bytes, Metric.CompressedBytes, Metric.CorruptedAccuracy]).Distinct();

    /// <summary>The front's edge: the best y for each x, drawn where both axes are objectives.</summary>
    private static IEnumerable<ITrace> Staircase(SweepSpec spec, IReadOnlyList<TrialPoint> points, Metric x, Metric y)
    {
        if (spec.Objectives.Count != 2 || spec.Objectives.FirstOrDefault(objective => objective.Metric == x) is not { Direction: Direction.Minimize }) yield break;
        if (spec.Objectives.All(objective => objective.Metric != y)) yield break;
        var front = points.Where(point => point.Kind is TrialKind.Front or TrialKind.Knee).OrderBy(point => point.Values[0]).ToList();
        if (front.Count < 2) yield break;
        var line = (Scatter)Marks.Line("edge", "var(--front-line)", front.Select(point => (object)point.Values[0]), front.Select(point => (object)point.Values[1]), steps: true);
        line.ShowLegend = false;
        yield return line;
    }

    /// <summary>Unless all are asked for, points that lie on each other are left out where there are thousands: the legend says how many.</summary>
    private static IEnumerable<ITrace> Clouds(SweepView view, IReadOnlyList<TrialPoint> points, ChartQuery query) =>
        from look in TrialLook.All
        let cloud = points.Where(point => point.Kind == look.Kind).ToList()
        where cloud.Count > 0
        let drawn = query.IsOn("all") ? cloud : Thinning.Of(look.Kind, cloud, query.IsOn("logx"), query.IsOn("logy"))
        select Marks.Points(
            Thinning.Label(look.Label, drawn.Count, cloud.Count), look, drawn,
            point => point.Values[0], point => point.Values[1], point => PlotText.Hover(view, point), point => PageNames.Address(view.Name, point.Trial.Id));
}
