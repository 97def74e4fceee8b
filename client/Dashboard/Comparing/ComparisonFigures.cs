using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Svg = Plotly.Blazor.Traces.ScatterLib;

namespace Distributed.Dashboard;

/// <summary>Two sweeps in one picture.</summary>
internal static class ComparisonFigures
{
    private static readonly string[] Colors = ["var(--series-1)", "var(--series-2)"];

    /// <summary>Both fronts, and faintly everything else that was measured; null while there is nothing.</summary>
    public static Figure? Fronts(Comparison comparison)
    {
        List<ITrace> traces = [.. Both(comparison).SelectMany(pair => Front(comparison, pair.View, pair.Color))];
        return traces.Count == 0 ? null : new(traces, Axes.Of(comparison.X, comparison.Y));
    }

    /// <summary>How both hypervolumes grew, trial by trial, against one reference; null while nothing is closed.</summary>
    public static Figure? Hypervolumes(Comparison comparison)
    {
        List<ITrace> traces = [];
        foreach (var (view, color) in Both(comparison))
        {
            var volumes = comparison.Hypervolumes(view);
            if (volumes.Count == 0) continue;
            traces.Add(Marks.Line(
                PlotText.Escape(view.Name.Value), color, Enumerable.Range(0, volumes.Count).Select(n => (object)n), volumes.Select(volume => (object)volume), steps: true,
                "%{y:.4f} after %{x} trials<extra></extra>"));
        }

        return traces.Count == 0 ? null : new(traces, Axes.Of("Closed trials", "Hypervolume (shared reference)"));
    }

    private static IEnumerable<(SweepView View, string Color)> Both(Comparison comparison) => [(comparison.First, Colors[0]), (comparison.Second, Colors[1])];

    private static IEnumerable<ITrace> Front(Comparison comparison, SweepView view, string color)
    {
        var points = comparison.Points(view);
        if (points.Count == 0) yield break;
        var front = comparison.Front(view);
        var held = front.Select(point => point.Trial.Id).ToHashSet();
        var others = points.Where(point => !held.Contains(point.Trial.Id)).ToList();
        if (others.Count > 0) yield return Cloud(view, others, color, isFront: false);
        if (front.Count > 0) yield return Cloud(view, front, color, isFront: true);
    }

    private static Scatter Cloud(SweepView view, IReadOnlyList<TrialPoint> points, string color, bool isFront) => new()
    {
        Name = PlotText.Escape(view.Name.Value),
        LegendGroup = view.Name.Value,
        ShowLegend = isFront,
        X = [.. points.Select(point => (object)point.Values[0])],
        Y = [.. points.Select(point => (object)point.Values[1])],
        CustomData = [.. points.Select(point => (object)PageNames.Address(view.Name, point.Trial.Id))],
        HoverTextArray = [.. points.Select(point => $"{PlotText.Escape(view.Name.Value)}<br>{PlotText.Hover(view, point)}")],
        HoverTemplate = "%{hovertext}<extra></extra>",
        Mode = isFront ? Svg.ModeFlag.Lines | Svg.ModeFlag.Markers : Svg.ModeFlag.Markers,
        Line = isFront ? new() { Color = color, Width = 2, Shape = Svg.LineLib.ShapeEnum.Hv } : null,
        Opacity = isFront ? 1 : 0.65m,
        Marker = new() { Color = color, Size = isFront ? 9 : 6, Symbol = isFront ? Svg.MarkerLib.SymbolEnum.Circle : Svg.MarkerLib.SymbolEnum.CircleOpen },
    };
}
