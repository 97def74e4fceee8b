using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ContourLib.ContoursLib;

namespace Distributed.Dashboard;

/// <summary>Two numeric parameters and what becomes of an objective between them.</summary>
internal sealed class ContourChart : IChart
{
    private const int Cells = 32;

    public string Name => "contour";

    public string Title => "Contour";

    public string Caption => "An objective over two parameters, smoothed between the measured trials (the circles). Bright is better.";

    public IReadOnlyList<ChartOption> Options(SweepView view)
    {
        List<string> names = [.. SpaceColumn.Of(view).Where(column => column.Levels is null).Select(column => column.Name)];
        return view.Spec is not { } spec || names.Count < 2 ? [] :
        [
            new("x", "x", names),
            new("y", "y", [.. names.Skip(1), names[0]]),
            new("metric", "of", [.. spec.Objectives.Select(objective => PageNames.Of(objective.Metric))]),
        ];
    }

    public Figure? Draw(SweepView view, ChartQuery query)
    {
        if (Options(view) is not [var x, var y, var of]) return null;
        var columns = SpaceColumn.Of(view);
        var (across, up) = (columns.First(column => column.Name == query.Of(x)), columns.First(column => column.Name == query.Of(y)));
        var objective = view.Spec!.Objectives.First(objective => PageNames.Of(objective.Metric) == query.Of(of));
        List<Sample> samples = [.. TrialPoints.Of(view, objective.Metric).Where(point => point.Trial is { Measurement: not null, Candidate: not null }).Select(point => Sample.Of(point, across, up)).Where(sample => double.IsFinite(sample.X + sample.Y))];
        if (samples.Count < 5 || across == up) return null;
        var layout = Axes.Of(PlotText.Escape(across.Name), PlotText.Escape(up.Name), logX: across.IsLog, logY: up.IsLog);
        layout.ShowLegend = false;
        return new([Surface(samples, across, up, objective), Circles(view, samples, across, up, objective.Metric)], layout);
    }

    /// <summary>Distances are those of the axes: of logarithms where an axis has them.</summary>
    private static double Shown(SpaceColumn column, double value) => column.IsLog ? Math.Pow(10, value) : value;

    private static Contour Surface(IReadOnlyList<Sample> samples, SpaceColumn across, SpaceColumn up, Objective objective)
    {
        var xs = Grid(samples.Min(sample => sample.X), samples.Max(sample => sample.X));
        var ys = Grid(samples.Min(sample => sample.Y), samples.Max(sample => sample.Y));
        return new()
        {
            X = [.. xs.Select(value => (object)Shown(across, value))],
            Y = [.. ys.Select(value => (object)Shown(up, value))],
            Z = [.. ys.Select(y => (object)xs.Select(x => Smoothed(samples, x, y, xs[^1] - xs[0], ys[^1] - ys[0])).ToArray())],
            ColorScale = Gradient.Of(objective.Direction),
            Contours = new() { Coloring = ColoringEnum.HeatMap },
            Line = new() { Width = 0.5m, Color = "var(--card)" },
            ColorBar = new() { Thickness = 12, TickFormat = Axes.Format(objective.Metric), OutlineWidth = 0 },
            HoverInfo = Plotly.Blazor.Traces.ContourLib.HoverInfoFlag.Skip,
        };
    }

    /// <summary>Dark with a light edge: to be seen on every shade, in both themes.</summary>
    private static ITrace Circles(SweepView view, IReadOnlyList<Sample> samples, SpaceColumn across, SpaceColumn up, Metric metric) => Marks.Points(
        Quantity.Name(metric), TrialLook.Of(TrialKind.Dominated) with { Color = "#16202c", Edge = "#ffffff", Symbol = "circle", Size = 7 }, samples,
        sample => Shown(across, sample.X), sample => Shown(up, sample.Y), sample => PlotText.Hover(view, sample.Point), sample => PageNames.Address(view.Name, sample.Point.Trial.Id));

    /// <summary>Mean of all values, weighted by a Gaussian of the distance; its deviation is an eighth of the range.</summary>
    private static double Smoothed(IReadOnlyList<Sample> samples, double x, double y, double width, double height)
    {
        double sum = 0, weights = 1e-300;
        foreach (var sample in samples)
        {
            double dx = 8 * (sample.X - x) / Math.Max(width, 1e-12), dy = 8 * (sample.Y - y) / Math.Max(height, 1e-12);
            double weight = Math.Exp(-0.5 * ((dx * dx) + (dy * dy)));
            (sum, weights) = (sum + (weight * sample.Value), weights + weight);
        }

        return sum / weights;
    }

    private static double[] Grid(double low, double high) => [.. Enumerable.Range(0, Cells).Select(i => low + ((high - low) * i / (Cells - 1)))];

    private sealed record Sample(TrialPoint Point, double X, double Y, double Value)
    {
        public static Sample Of(TrialPoint point, SpaceColumn x, SpaceColumn y) => new(point, x.Of(point.Trial.Candidate!), y.Of(point.Trial.Candidate!), point.Values[0]);
    }
}
